/** `tenstar doctor`: what is wrong with this installation and what to click. */
import { Command } from '@commander-js/extra-typings';
import { TenstarError } from '../errors.ts';
import { translator } from '../i18n.ts';
import { createLog } from '../log.ts';
import { createDingTalkProbe } from '../platform/dingtalk/probe.ts';
import type { PlatformProbe } from '../platform/probe.ts';
import { examine, type Examination } from '../usecases/doctor.ts';
import { sendEverywhere } from '../usecases/notify.ts';
import type { CliIo } from './io.ts';
import { withUse, writeJson } from './output.ts';
import { useDeps } from './use-deps.ts';

const SIGNS = { ok: '✓', warn: '!', fail: '✗', skipped: '-' } as const;

export function doctorCommand(io: CliIo) {
  return new Command('doctor')
    .description(
      'check settings, database, keys, token, bot, chats and clock, and say what to click where something is missing',
    )
    .option('--json', 'print the outcome as JSON')
    .option(
      '--card <employee no>',
      'only send this person a test card, whose buttons tell what the next doctor cannot ask',
    )
    .action(async ({ json, card }) => {
      if (card !== undefined) return sendTestCard(io, card, json === true);
      const examination = await examine({
        env: io.env,
        async probesOf(config) {
          const probes: PlatformProbe[] = [];
          if (config.lark !== null) {
            const { createLarkProbe } = await import('../platform/lark/probe.ts'); // the SDK takes its time, and only this needs it
            probes.push(createLarkProbe(config.lark, { log: createLog('fatal'), now: Date.now }));
          }
          if (config.dingtalk !== null) probes.push(createDingTalkProbe(config.dingtalk, { now: Date.now }));
          return probes;
        },
        fetch: (url, init) => fetch(url, init),
        now: Date.now,
      });
      if (json === true) writeJson(io, { ok: examination.ok, checks: examination.findings });
      else io.stdout.write(report(examination));
      io.setExitCode(examination.ok ? 0 : 1);
    });
}

/** Put into the outbox: the bot sends it, and the bot is who hears the taps. */
async function sendTestCard(io: CliIo, person: string, json: boolean): Promise<void> {
  await withUse(useDeps(io), async (use) => {
    const now = use.now();
    const sent = await use.db.write((tx) =>
      sendEverywhere(tx, person, { card: 'card_check', args: {} }, { now, urgent: true }),
    );
    if (sent === 0)
      throw new TenstarError(
        'not_found',
        `${JSON.stringify(person)} is no employee number of somebody here with a chat account; name another, or see "tenstar doctor" for who has one.`,
      );
    if (json) writeJson(io, { sent });
    else io.stdout.write(`${translator(use.config.defaultLocale)('doctor.card_sent', { n: sent })}\n`);
  });
}

function report({ findings, t }: Examination): string {
  const lines = findings.flatMap(({ check, state, text, fix }) => [
    `${SIGNS[state]} ${t(`doctor.check.${check}`)}  ${text}`,
    ...(fix === undefined ? [] : [`    → ${fix}`]),
  ]);
  const count = (state: keyof typeof SIGNS) => findings.filter((finding) => finding.state === state).length;
  return `${[...lines, '', t('doctor.sum', { fail: count('fail'), warn: count('warn') })].join('\n')}\n`;
}
