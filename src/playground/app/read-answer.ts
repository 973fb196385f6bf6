/** The bot's answer to a click, judged as the platform does, with the code a user would see (platform/lark.md §2.2, §2.3). */
import { z } from 'zod';
import { lintCard, refusals } from '../../platform/lark/lint.ts';
import type { Attempt } from '../push/push.ts';
import type { Json } from '../world.ts';

const object = z.record(z.string(), z.unknown());
const answerSchema = z.strictObject({
  toast: z
    .strictObject({
      type: z.enum(['info', 'success', 'warning', 'error']).optional(),
      content: z.string().optional(),
      i18n: z.record(z.string(), z.string()).optional(),
    })
    .refine(({ content, i18n }) => (content ?? '') !== '' || i18n !== undefined, 'a toast needs content')
    .optional(),
  card: z.strictObject({ type: z.literal('raw'), data: object }).optional(),
});
export type Toast = NonNullable<z.infer<typeof answerSchema>['toast']>;

export type Read =
  | { ok: true; toast: Toast | null; card: Json | null }
  /** `detail` is for whoever builds the bot; the client shows the code. */
  | { ok: false; code: number; detail: string };

const NO_ANSWER = { no_url: 200340, timeout: 200341, connect: 200342, dns: 200343, reset: 200671 } as const;

/** `current` is the card that was clicked. */
export function readAnswer({ status, error, body }: Attempt, current: Json): Read {
  if (error) return { ok: false, code: NO_ANSWER[error], detail: `no answer: ${error}` };
  if (status !== 200) return { ok: false, code: 200671, detail: `HTTP ${status}` };
  const parsed = answerSchema.safeParse(jsonOf(body));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, code: 200672, detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
  }
  const card = parsed.data.card?.data ?? null;
  if (card && (card['schema'] ?? '1.0') !== current['schema']) {
    return { ok: false, code: 200830, detail: 'the answer changes the schema of the card' };
  }
  const problem = card ? refusals(lintCard(card))[0] : undefined;
  if (problem) {
    return { ok: false, code: 200673, detail: `ErrCode: ${problem.subCode}; ${problem.message}; ${problem.path}` };
  }
  return { ok: true, toast: parsed.data.toast ?? null, card };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fails the schema
  }
}
