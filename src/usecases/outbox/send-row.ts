/** The steps of one message: is it still allowed, to whom, what does it say, and the send itself. */
import { TenstarError } from '../../errors.ts';
import type { ChatPlatform, Outgoing, SendResult } from '../../platform/platform.ts';
import type { Finish, OutboxRow } from '../../store/outbox.ts';
import type { Sleep } from './bell.ts';
import { composeFailed, drop, giveUp, isUncertain, postponed } from './outcome.ts';
import type { OutboxDeps } from './types.ts';

export type Prepared =
  | { kind: 'send'; row: OutboxRow; message: Outgoing }
  | { kind: 'finish'; row: OutboxRow; finish: Finish };

/** Decides what to do with a row before it is claimed. Nothing has left yet, so a failure here is never uncertain. */
export async function prepareRow(
  row: OutboxRow,
  deps: Pick<OutboxDeps, 'compose' | 'messageHours' | 'resolveUser' | 'log'>,
  context: { planned: number; real: number; uncertainAfterMs: number; random: number },
): Promise<Prepared> {
  const finish = (result: Finish): Prepared => ({ kind: 'finish', row, finish: result });
  if (isUncertain(row, context.real, context.uncertainAfterMs)) return finish(giveUp(row.id, 'uncertain'));
  const later = deps.messageHours === undefined ? null : postponed(row, context.planned, deps.messageHours);
  if (later !== null) return finish(later);
  try {
    const content = await deps.compose(row);
    if (content === null) return finish(drop(row.id));
    if (row.to.kind === 'chat')
      return { kind: 'send', row, message: { to: row.to, content, idempotencyKey: row.uuid } };
    const userId = await deps.resolveUser(row.platform, row.to.employeeNo);
    if (userId === null) return finish(giveUp(row.id, 'no_account'));
    return { kind: 'send', row, message: { to: { kind: 'person', userId }, content, idempotencyKey: row.uuid } };
  } catch (error) {
    deps.log.error({ err: error, outbox: row.id, card: row.card }, 'outbox: a message could not be composed');
    return finish(composeFailed(row, context.planned, context.random));
  }
}

/** Sends, and turns everything that can happen into a result: a throw and a silence are both `unreachable`. */
export async function sendMessage(
  platform: ChatPlatform,
  message: Outgoing,
  timeoutMs: number,
  sleep: Sleep,
): Promise<SendResult> {
  const answered = new AbortController();
  const silence = sleep(timeoutMs, answered.signal).then(
    (): SendResult => ({ ok: false, reason: 'unreachable', code: 'timeout' }),
  );
  const sent = platform.send(message).catch(
    (error: unknown): SendResult => ({
      ok: false,
      reason: 'unreachable',
      code: error instanceof TenstarError ? error.code : 'exception',
    }),
  );
  try {
    return await Promise.race([sent, silence]);
  } finally {
    answered.abort();
  }
}
