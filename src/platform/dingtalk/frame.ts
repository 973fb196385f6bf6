/** Frames of the Stream connection (platform/dingtalk.md §1.4). */
import { z } from 'zod';

export const MESSAGE_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

const frameSchema = z.object({
  type: z.string(),
  headers: z.object({ topic: z.string().catch(''), messageId: z.string().catch('') }),
  data: z.string().catch(''),
});
export type Frame = z.infer<typeof frameSchema>;

export function readFrame(text: unknown): Frame | null {
  if (typeof text !== 'string') return null;
  try {
    return frameSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** An acknowledgement; `data` is JSON text. */
export const acknowledge = ({ headers }: Frame, data: string, code = 200): string =>
  JSON.stringify({
    code,
    message: code === 200 ? 'OK' : 'not handled',
    headers: { contentType: 'application/json', messageId: headers.messageId },
    data,
  });

/** The object inside `data`; null when there is none. */
export function dataOf({ data }: Frame): Record<string, unknown> | null {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
