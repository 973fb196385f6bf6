/** The bot's answer to a click (platform/dingtalk.md §2.7): data for the one who clicked, and how it is laid over the old. */
import { z } from 'zod';
import type { CardData } from '../../../platform/dingtalk/card-data.ts';
import type { Pushed } from '../push/push.ts';

const data = z.strictObject({ cardParamMap: z.record(z.string(), z.string()) });
const answerSchema = z.strictObject({
  cardUpdateOptions: z
    .strictObject({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
    .optional(),
  cardData: data.optional(),
  userPrivateData: data.optional(),
});

export type Read =
  | { ok: true; public: CardData | null; private: CardData | null; byKey: { public: boolean; private: boolean } }
  /** `detail` is for whoever builds the bot: the client says only that it failed. `code` is a number of the playground's own. */
  | { ok: false; code: number; detail: string };

const NO_ANSWER = { timeout: 504, connect: 502, dns: 502, reset: 502, no_url: 404, no_quota: 429 } as const;
export const WRONG_ANSWER = 422;

export function readAnswer({ status, error, body }: Pushed): Read {
  if (error) return { ok: false, code: NO_ANSWER[error], detail: `no answer: ${error}` };
  if (status !== 200) return { ok: false, code: status, detail: `HTTP ${status}` };
  const parsed = answerSchema.safeParse(body === '' ? {} : jsonOf(body));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, code: WRONG_ANSWER, detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
  }
  const { cardData, userPrivateData, cardUpdateOptions: options = {} } = parsed.data;
  return {
    ok: true,
    public: cardData?.cardParamMap ?? null,
    private: userPrivateData?.cardParamMap ?? null,
    byKey: { public: options.updateCardDataByKey ?? false, private: options.updatePrivateDataByKey ?? false },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fails the schema
  }
}
