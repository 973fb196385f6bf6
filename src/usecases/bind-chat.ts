/** Says which city, district, group or branch a group chat belongs to. */
import { no, type Verdict, yes } from '../domain/verdict.ts';
import { appendAudit } from '../store/audit.ts';
import { bindChat, type ChatScope, chatScopeSchema, findChat } from '../store/chat.ts';
import type { Reader, Writer } from '../store/db.ts';
import { type Actor, findBranch, findDistrict, findGroup } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { has, isOffice, runsBranch } from './access.ts';

export type ChatRefusal = 'bad_scope' | 'unknown_code' | 'not_allowed' | 'unknown_chat';
export interface ChatTarget {
  scope: ChatScope;
  /** Null for the city. */
  code: string | null;
  /** District it lies in; null for the city. */
  district: string | null;
}

/** The district something lies in; null when there is no such thing. */
const DISTRICT_OF = {
  district: async (h: Reader, code: string) => (await findDistrict(h, code))?.code ?? null,
  group: async (h: Reader, code: string) => (await findGroup(h, code))?.district ?? null,
  branch: async (h: Reader, code: string) => (await findBranch(h, code))?.district ?? null,
};

/** What a scope and a typed code name, if it exists; codes may be typed in small letters. */
export async function findTarget(
  h: Reader,
  scope: string | undefined,
  typed: string,
): Promise<Verdict<ChatTarget, 'bad_scope' | 'unknown_code'>> {
  const known = chatScopeSchema.safeParse(scope);
  if (!known.success) return no('bad_scope');
  if (known.data === 'city') return yes({ scope: 'city', code: null, district: null });
  for (const code of new Set([typed.trim(), typed.trim().toUpperCase()])) {
    const district = await DISTRICT_OF[known.data](h, code);
    if (district !== null) return yes({ scope: known.data, code, district });
  }
  return no('unknown_code');
}

function mayBind(use: Use, actor: Actor, { scope, code, district }: ChatTarget): boolean {
  if (isOffice(use, actor)) return true;
  if (district !== null && has(actor, 'liaison', district)) return true;
  return scope === 'branch' && code !== null && runsBranch(actor, code);
}

/** For the set-up card in a group. */
export async function bindChatByCard(
  tx: Writer,
  use: Use,
  actor: Actor,
  chat: { platform: string; id: string },
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<Verdict<ChatTarget, ChatRefusal>> {
  const target = await findTarget(tx, form.scope, form.code ?? '');
  if (!target.ok) return target;
  const known = await findChat(tx, chat.platform, chat.id);
  if (known === null || !known.active) return no('unknown_chat');
  // Turning a group to something else takes it away from whatever it belongs to now.
  const present = known.scope === null ? null : await findTarget(tx, known.scope, known.code ?? '');
  if (!mayBind(use, actor, target.value) || (present?.ok && !mayBind(use, actor, present.value)))
    return no('not_allowed');
  const { scope, code } = target.value;
  await bindChat(tx, chat.platform, chat.id, scope, code);
  await appendAudit(tx, {
    at: now,
    actor: actor.employeeNo,
    act: 'chat_bound',
    object: chat.id,
    detail: { scope, code },
  });
  return target;
}
