/** `tenstar doctor`: what is wrong with this installation and what to click. */
import { Command } from '@commander-js/extra-typings';
import { createLog } from '../log.ts';
import { createDingTalkProbe } from '../platform/dingtalk/probe.ts';
import type { PlatformProbe } from '../platform/probe.ts';
import { examine, type Examination } from '../usecases/doctor.ts';
import type { CliIo } from './io.ts';
import { writeJson } from './output.ts';

const SIGNS = { ok: '✓', warn: '!', fail: '✗', skipped: '-' } as const;

export function doctorCommand(io: CliIo) {
  return new Command('doctor')
    .description(
      'check settings, database, keys, token, bot, chats and clock, and say what to click where something is missing',
    )
    .option('--json', 'print the outcome as JSON')
    .action(async ({ json }) => {
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

function report({ findings, t }: Examination): string {
  const lines = findings.flatMap(({ check, state, text, fix }) => [
    `${SIGNS[state]} ${t(`doctor.check.${check}`)}  ${text}`,
    ...(fix === undefined ? [] : [`    → ${fix}`]),
  ]);
  const count = (state: keyof typeof SIGNS) => findings.filter((finding) => finding.state === state).length;
  return `${[...lines, '', t('doctor.sum', { fail: count('fail'), warn: count('warn') })].join('\n')}\n`;
}
