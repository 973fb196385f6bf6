/**
 * What a chat's refusal of a card means (platform/dingtalk.md §2.2). The texts are not documented, so a recipient is called lost only by
 * a text that says so; any other is tried again, and becomes a dead letter when it never passes.
 */
import type { Recipient, SendFailure } from '../platform.ts';
import type { Failed } from './api.ts';
import { knownReason } from './errors.ts';

const PASSES = /busy|time.?out|too.?(fast|many|often)|limit|繁忙|频繁|超时|限流/i;
const ROBOT_STOPPED = /(robot|bot)\b.{0,12}(stopped|disabled|switched off)|机器人.{0,6}(停用|禁用|下线)/i;
const CHAT: readonly (readonly [RegExp, SendFailure])[] = [
  [/(group|conversation|chat)\b.{0,12}(dissolved|disbanded|not exist)/i, 'chat_gone'],
  [/no such (group|conversation|chat)|群(聊|组|会话)?(已|已经|被)?(解散|不存在)|会话.{0,4}不存在/i, 'chat_gone'],
  [
    /(robot|bot)s?\b.{0,12}(not in|removed|may not speak)|机器人.{0,6}(不在|不存在|未加入|移除|移出|禁言)/i,
    'not_in_chat',
  ],
];
const PERSON: readonly (readonly [RegExp, SendFailure])[] = [
  [/no such (user|staff|person)|(user|staff)( ?id)?\b.{0,12}(not exist|not found|invalid)/i, 'person_unreachable'],
  [/(out of|outside).{0,12}(scope|range)|cannot see the (robot|app)|not visible/i, 'person_unreachable'],
  [/(用户|员工|人员).{0,6}(不存在|离职|无效)|不在.{0,8}(可见|可用|使用)范围/, 'person_unreachable'],
];

export function undelivered(to: Recipient, text: string): Failed {
  const reason = knownReason(text.trim()) ?? said(to, text);
  return { ok: false, reason, code: reason === 'in_flight' ? 'not-delivered.unknown' : 'not-delivered' };
}

function said(to: Recipient, text: string): SendFailure {
  if (PASSES.test(text)) return 'overloaded';
  if (ROBOT_STOPPED.test(text)) return 'not_permitted';
  const lost = (to.kind === 'chat' ? CHAT : PERSON).find(([known]) => known.test(text))?.[1];
  // Tried again; and since the platform did answer, some of these in a row do not mean that it is down.
  return lost ?? 'in_flight';
}
