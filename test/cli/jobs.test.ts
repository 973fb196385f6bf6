import { Command, CommanderError } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { jobsCommand, type JobsDeps, runCommand } from '../../src/cli/jobs.ts';
import { outboxCommand } from '../../src/cli/outbox.ts';
import { TenstarError } from '../../src/errors.ts';
import type { Job } from '../../src/job.ts';
import { jobs } from '../../src/jobs/index.ts';
import { enqueueMany, finishRows } from '../../src/store/outbox.ts';
import type { Use } from '../../src/use.ts';
import { START } from '../support/opinion-world.ts';
import { electors, messages, type Stage, stage, toBallot, vote } from '../support/review-stage.ts';

async function tenstar(at: Stage, args: readonly string[], over: Partial<JobsDeps> = {}) {
  const outcome = { out: '', err: '', code: 0, opened: 0, closed: 0 };
  const deps: JobsDeps = {
    openUse() {
      outcome.opened += 1;
      return Promise.resolve({
        use: at.use,
        close() {
          outcome.closed += 1;
          return Promise.resolve();
        },
      });
    },
    stdout: { write: (text) => (outcome.out += text) },
    stderr: { write: (text) => (outcome.err += text) },
    setExitCode: (code) => (outcome.code = code),
    ...over,
  };
  const program = new Command('tenstar');
  const commands = [runCommand(deps), jobsCommand(deps), outboxCommand(deps)] as unknown as Command[];
  const quiet = (command: Command): void => {
    command
      .exitOverride()
      .configureOutput({ writeErr: (text) => (outcome.err += text), writeOut: (text) => (outcome.out += text) });
    for (const sub of command.commands) quiet(sub as Command);
  };
  for (const command of commands) program.addCommand(command);
  quiet(program as Command);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // What the root does: one line and exit 1; help ends with 0.
    outcome.code = error instanceof CommanderError ? error.exitCode : 1;
    if (error instanceof TenstarError) outcome.err += `${error.message}\n`;
  }
  return outcome;
}

const aJob = (outcome: { done: number; failed: number; note: string }): Job<Use> => ({
  name: 'league',
  schedule: '5 9 * * *',
  summary: 'job.what.league',
  workdayRule: 'any',
  missed: 'catch_up',
  run: () => Promise.resolve(outcome),
});

describe('tenstar run', () => {
  it('runs a job as of a time and says how it ended', async () => {
    const at = await stage();
    await toBallot(at);
    await vote(at, ['M01']);
    const ran = await tenstar(at, ['run', 'review-remind', '--now', '2026-10-10T10:00+08:00']);
    expect(ran).toMatchObject({ out: 'review-remind: 完成，11 项\n', err: '', code: 0, opened: 1, closed: 1 });
    const owed = (await electors(at)).filter((person) => person !== 'M01');
    expect((await messages(at, 'ballot_reminder')).map(({ recipient, notBefore }) => [recipient, notBefore])).toEqual(
      owed.map((person) => [person, START]),
    );
    const again = await tenstar(at, ['run', 'review-remind', '--now', '2026-10-10T10:00+08:00', '--json']);
    expect(JSON.parse(again.out)).toEqual({
      job: 'review-remind',
      slot: '2026-10-10T10:00:00+08:00 by hand',
      state: 'done',
      done: 11,
      failed: 0,
      note: '',
      late_minutes: 0,
      attempts: 2,
    });
    expect(await messages(at, 'ballot_reminder')).toHaveLength(owed.length);
  });

  it.each([
    [
      'an unknown job, with the one that was meant',
      ['run', 'reviewremind'],
      'There is no job "reviewremind". Did you mean review-remind?\n',
    ],
    [
      'a job nobody could mean',
      ['run', 'breakfast'],
      `There is no job "breakfast". The jobs are: ${jobs.map(({ name }) => name).join(', ')}.\n`,
    ],
    [
      'a time without an offset',
      ['run', 'league', '--now', '2026-10-09 15:00'],
      '"2026-10-09 15:00" is not a moment; write date, time and offset, for example 2026-10-09T15:00+08:00.\n',
    ],
    [
      'a day that does not exist',
      ['run', 'league', '--now', '2026-02-30T15:00+08:00'],
      '"2026-02-30T15:00+08:00" is not a moment; write date, time and offset, for example 2026-10-09T15:00+08:00.\n',
    ],
    ['no job at all', ['run'], "error: missing required argument 'job'\n"],
  ])('refuses %s, before anything is opened', async (_name, args, line) => {
    expect(await tenstar(await stage(), args)).toMatchObject({ out: '', err: line, code: 1, opened: 0 });
  });

  it('ends with 1 when something failed', async () => {
    const failing = [aJob({ done: 2, failed: 1, note: 'D2' })];
    expect(await tenstar(await stage(), ['run', 'league'], { jobs: failing })).toMatchObject({
      out: '',
      err: 'league: 未全部完成，1 项失败 (D2)\n',
      code: 1,
      closed: 1,
    });
    const throwing = [
      {
        ...aJob({ done: 0, failed: 0, note: '' }),
        run: () => Promise.reject(new TenstarError('key_missing', 'The key is not there.')),
      },
    ];
    const at = await stage();
    const ended = await tenstar(at, ['run', 'league', '--json'], { jobs: throwing });
    expect([ended.code, JSON.parse(ended.out)]).toMatchObject([1, { state: 'failed', note: 'The key is not there.' }]);
  });
});

describe('tenstar jobs', () => {
  it('lists every job with its last and next run', async () => {
    const at = await stage();
    await tenstar(at, ['run', 'league', '--now', '2026-10-09T09:05+08:00']);
    const { out, code } = await tenstar(at, ['jobs']);
    expect(code).toBe(0);
    const line = out.split('\n').find((row) => row.startsWith('league '));
    expect(line).toMatch(/^league +5 9 \* \* \* +2026-10-09T10:00 +2026-10-10T09:05 +完成，0 项 /);
    const rows = JSON.parse((await tenstar(at, ['jobs', '--json'])).out) as {
      name: string;
      last: unknown;
      next: string;
    }[];
    expect(rows.map(({ name }) => name)).toEqual(jobs.map(({ name }) => name));
    expect(rows.find(({ name }) => name === 'league')).toMatchObject({
      next: '2026-10-10T09:05:00+08:00',
      last: { state: 'done', at: '2026-10-09T10:00:00+08:00' },
    });
    expect(rows.find(({ name }) => name === 'retention')?.last).toBeNull();
  });
});

describe('tenstar outbox', () => {
  async function withMessages(): Promise<Stage> {
    const at = await stage();
    const now = at.clock.now;
    await at.use.db.write(async (tx) => {
      await tx.run('DELETE FROM outbox');
      const message = (uuid: string, card: string) => ({
        uuid,
        platform: 'lark' as const,
        to: { kind: 'person' as const, employeeNo: 'M01' },
        card,
        args: { review: 'secret-review' },
        notBefore: now,
        createdAt: now,
      });
      await enqueueMany(tx, [
        message('a', 'ballot_reminder'),
        message('b', 'help'),
        message('c', 'help'),
        message('d', 'ballot_reminder'),
      ]);
      const end = (id: number, state: 'sent' | 'dead', lastError: string | null) => ({
        id,
        state,
        counted: true,
        notBefore: null,
        lastError,
        messageId: null,
        clearFirstTry: false,
      });
      await finishRows(
        tx,
        [end(1, 'dead', 'person_unreachable 230013'), end(2, 'dead', 'no_account'), end(3, 'sent', null)],
        now,
      );
    });
    at.clock.now += 90 * 60_000;
    return at;
  }
  it('lists numbers, reasons and recipients of trouble, never content or who owes a ballot', async () => {
    const at = await withMessages();
    const { out, code } = await tenstar(at, ['outbox', 'list']);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        '等待发送 1  其中已到时间 1  最久已等 1 小时  已发送（近期） 1  未能送达 2',
        'ID  STATE    PLATFORM  TO      CARD             TRIES  RECIPIENT  ERROR',
        '2   dead     lark      person  help             1      M01        no_account',
        '1   dead     lark      person  ballot_reminder  1      -          person_unreachable 230013',
        '4   waiting  lark      person  ballot_reminder  0      -',
        '',
      ].join('\n'),
    );
    const data = JSON.parse((await tenstar(at, ['outbox', 'list', '--json', '--limit', '1'])).out) as {
      messages: unknown[];
    };
    expect(data).toMatchObject({ waiting: 1, sent: 1, dead: 2, due: 1, oldest_ms: 5_400_000 });
    expect(data.messages).toHaveLength(2);
    expect(JSON.stringify(data)).not.toContain('secret-review');
  });

  it('sends one or all once more', async () => {
    const at = await withMessages();
    expect(await tenstar(at, ['outbox', 'retry', '2'])).toMatchObject({ out: '1 条消息将重新发送。\n', code: 0 });
    expect(await tenstar(at, ['outbox', 'retry', '--all'])).toMatchObject({ out: '1 条消息将重新发送。\n', code: 0 });
    expect(await tenstar(at, ['outbox', 'retry'])).toMatchObject({ out: '0 条消息将重新发送。\n', code: 0 });
  });

  it.each([
    [['outbox', 'retry', '2', '--all'], 'Name either the number of one message or --all, not both.\n', 0],
    [['outbox', 'retry', 'two'], '"two" is not the number of a message; "tenstar outbox list" shows them.\n', 0],
    [
      ['outbox', 'retry', '3'],
      'No message with the number 3 was given up; "tenstar outbox list" shows those that were.\n',
      1,
    ],
    [
      ['outbox', 'list', '--limit', '0'],
      "error: option '--limit <n>' argument '0' is invalid. Write a whole number from 1 to 99999.\n",
      0,
    ],
  ])('%j is refused in one line', async (args, line, opened) => {
    expect(await tenstar(await withMessages(), args)).toMatchObject({ out: '', err: line, code: 1, opened });
  });
});

it.each([['run'], ['jobs'], ['outbox'], ['outbox', 'list'], ['outbox', 'retry']])(
  '%s explains itself',
  async (...command) => {
    const { out, code, opened } = await tenstar(await stage(), [...command, '--help']);
    expect([code, opened]).toEqual([0, 0]);
    expect(out).toContain(`Usage: tenstar ${command.join(' ')}`);
  },
);
