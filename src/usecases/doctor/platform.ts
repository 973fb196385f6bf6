/** What the platform says: token, bot, clock, chats, permissions; and where in the developer console each is put right. */
import { say, type TextKey, type Translate } from '../../i18n.ts';
import type { PlatformProbe, ProbeAnswer } from '../../platform/probe.ts';
import { allChats } from '../../store/chat.ts';
import type { Reader } from '../../store/db.ts';
import { anyMobile } from '../../store/doctor.ts';
import { allBranches } from '../../store/roster.ts';
import { type CheckName, fail, type Finding, ok, skipped, warn } from './finding.ts';
import { examineTemplate } from './template.ts';

/** Pushes older or newer than five minutes are refused, so a clock must not come near that. */
const CLOCK_FAIL_MS = 60_000;
const CLOCK_WARN_MS = 5_000;
/** Chats named one by one. */
const LISTED = 10;

/** @param h null when the database cannot be read: then only the platform's side is looked at */
export async function examinePlatform(probe: PlatformProbe, h: Reader | null, t: Translate): Promise<Finding[]> {
  const token = await probe.token();
  if (!token.ok) {
    const rest = (['bot', 'clock', 'chats', 'messages', 'lookup', 'files'] as const).map((check) =>
      skipped(check, t('doctor.skipped_token')),
    );
    return [refusal('token', token, probe.advice.token, probe, t), ...rest];
  }
  const findings: Finding[] = [ok('token', t('doctor.token_ok', { app: probe.appId }))];
  const bot = await probe.bot();
  if (!bot.ok) findings.push(refusal('bot', bot, probe.advice.bot, probe, t));
  else if (!bot.value.enabled)
    findings.push(
      fail('bot', t('doctor.bot_off', { bot: bot.value.name }), say(t, probe.advice.botOff, place(probe, t))),
    );
  else findings.push(ok('bot', t('doctor.bot_ok', { bot: bot.value.name })));
  if (bot.ok) findings.push(...(await examineTemplate(probe, h, t)));
  findings.push(clock(probe.clockAheadMs(), t), ...(await chats(probe, h, t)));
  findings.push(permission('messages', await probe.send(), probe, t));
  const mobile = h === null ? null : await anyMobile(h);
  if (mobile === null) findings.push(skipped('lookup', t('doctor.lookup_nobody')));
  else findings.push(permission('lookup', await probe.lookUp(mobile), probe, t));
  findings.push(permission('files', await probe.upload(), probe, t));
  return findings;
}

/** Where the console is, for a sentence that tells what to click there. */
const place = (probe: PlatformProbe, t: Translate): { console: string } => ({
  console: probe.consoleUrl ?? t('doctor.console'),
});

/** A no of the platform, with what to do about it: first whether it was reached at all, then whose turn it is. */
function refusal(
  check: CheckName,
  answer: Extract<ProbeAnswer<unknown>, { ok: false }>,
  fix: TextKey,
  probe: PlatformProbe,
  t: Translate,
  params: Record<string, string> = {},
): Finding {
  const { reason, code } = answer;
  const text = t(`doctor.said.${reason}`, { code, url: probe.baseUrl });
  switch (reason) {
    case 'unreachable':
      return fail(check, text, t('doctor.fix_unreachable', { url: probe.baseUrl }));
    case 'busy':
      return warn(check, text, t('doctor.fix_busy'));
    case 'credentials':
      return fail(check, text, say(t, probe.advice.token, place(probe, t)));
    case 'not_permitted':
    case 'refused':
      return fail(check, text, say(t, fix, { ...place(probe, t), ...params }));
  }
}

function permission(
  check: 'messages' | 'lookup' | 'files',
  answer: ProbeAnswer<unknown>,
  probe: PlatformProbe,
  t: Translate,
): Finding {
  return answer.ok
    ? ok(check, t(`doctor.${check}_ok`))
    : refusal(check, answer, probe.advice.permission, probe, t, { scope: probe.advice.scopes[check] });
}

function clock(aheadMs: number | null, t: Translate): Finding {
  if (aheadMs === null) return skipped('clock', t('doctor.clock_unknown'));
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const off = Math.abs(aheadMs);
  const text = t(aheadMs > 0 ? 'doctor.clock_slow' : 'doctor.clock_fast', { seconds });
  if (off >= CLOCK_FAIL_MS) return fail('clock', text, t('doctor.fix_clock'));
  return off >= CLOCK_WARN_MS ? warn('clock', text, t('doctor.fix_clock')) : ok('clock', t('doctor.clock_ok'));
}

/** Chats the bot is in against those that are set up. */
async function chats(probe: PlatformProbe, h: Reader | null, t: Translate): Promise<Finding[]> {
  const { permission: fix, scopes } = probe.advice;
  const answer = (await probe.chats?.()) ?? null;
  if (answer?.ok === false) return [refusal('chats', answer, fix, probe, t, { scope: scopes.chats })];
  if (h === null) return answer === null ? [] : [ok('chats', t('doctor.chats_seen', { n: answer.value.length }))];
  const known = (await allChats(h)).filter((chat) => chat.platform === probe.name);
  const bound = known.filter((chat) => chat.scope !== null && chat.active);
  const boundIds = new Set(bound.map((chat) => chat.chatId));
  // Where the platform does not say, what came from the chats themselves is all that is known.
  const seen = answer?.value ?? known.filter(({ active }) => active).map(({ chatId, name }) => ({ id: chatId, name }));
  const inside = new Set(seen.map((chat) => chat.id));
  const findings: Finding[] = [];
  const unbound = seen.filter((chat) => !boundIds.has(chat.id));
  if (unbound.length > 0)
    findings.push(
      warn(
        'chats',
        t('doctor.chats_unbound', { n: unbound.length, names: named(unbound) }),
        t('doctor.fix_chats_unbound', { platform: probe.name, chat: unbound[0]?.id ?? '' }),
      ),
    );
  // Also those the bot was told it left, unless another chat has taken their place.
  const served = new Set(bound.filter((chat) => inside.has(chat.chatId)).map(({ scope, code }) => `${scope} ${code}`));
  const left = known.filter(
    ({ chatId, scope, code }) => scope !== null && !inside.has(chatId) && !served.has(`${scope} ${code}`),
  );
  if (left.length > 0)
    findings.push(
      warn(
        'chats',
        t('doctor.chats_left', {
          n: left.length,
          names: named(left.map(({ chatId, name }) => ({ id: chatId, name }))),
        }),
        t('doctor.fix_chats_left'),
      ),
    );
  const withChat = new Set(bound.filter((chat) => chat.scope === 'branch').map((chat) => chat.code));
  const without = (await allBranches(h)).filter((branch) => !withChat.has(branch.code));
  if (without.length > 0)
    findings.push(
      warn(
        'chats',
        t('doctor.chats_none', { n: without.length, names: shorten(without.map((branch) => branch.code)) }),
        t('doctor.fix_chats_none'),
      ),
    );
  return findings.length > 0 ? findings : [ok('chats', t('doctor.chats_ok', { n: bound.length }))];
}
const named = (list: readonly { id: string; name: string }[]): string =>
  shorten(list.map(({ id, name }) => (name === '' ? id : `${name} (${id})`)));
const shorten = (names: readonly string[]): string =>
  names.length > LISTED ? `${names.slice(0, LISTED).join(', ')} …` : names.join(', ');
