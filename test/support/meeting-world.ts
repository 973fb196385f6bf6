/** The world of `commit-world.ts` with a four-mutual group of three branches, their secretaries, and a leader in the first. */
import type { MeetingKind } from '../../src/domain/meeting.ts';
import { findMeeting, type Meeting, meetingsOfBranch } from '../../src/store/meetings.ts';
import type { ClickAnswer } from '../../src/platform/platform.ts';
import { parseMoment } from '../../src/usecases/scheduler/moment.ts';
import { type CommitWorld, commitWorld } from './commit-world.ts';
import { runJob } from './opinion-world.ts';

export interface MeetingWorld extends CommitWorld {
  /** Plans a meeting as `person`, by default on 15 October at 9:30, and gives back the answer. */
  plan(kind: MeetingKind, over?: Record<string, string>, person?: string): Promise<ClickAnswer>;
  /** The newest meeting of B001. */
  meeting(): Promise<Meeting>;
  /** Plans one for today and opens its sign-in. */
  opened(kind: MeetingKind, time?: string): Promise<Meeting>;
  messages(card: string): Promise<{ recipient: string; args: string; notBefore: number }[]>;
}

export async function meetingWorld(rules: object = {}): Promise<MeetingWorld> {
  const base = await commitWorld({ members: 4, colleagues: 1, rules });
  const { db } = base.use;
  await db.script(
    `INSERT INTO mutual_group (code, name, district) VALUES ('G01', '示例小组', 'D1'); UPDATE branch SET mutual_group = 'G01'`,
  );
  await db.write(async (tx) => {
    for (const [no, branch, role] of [
      ['L1', 'B001', 'leader'],
      ['Y0', 'B003', 'secretary'],
    ] as const) {
      await tx.run("INSERT INTO person (employee_no, name, branch, status, position) VALUES (?, ?, ?, 'full', 800)", [
        no,
        `某${no}`,
        branch,
      ]);
      await tx.run("INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', ?, ?)", [
        `ou_${no}`,
        no,
      ]);
      await tx.run('INSERT INTO person_role (person, role) VALUES (?, ?)', [no, role]);
    }
  });
  const world: MeetingWorld = {
    ...base,
    plan: (kind, over = {}, person = 'S0') =>
      base.click(
        person,
        { a: 'meeting_plan', k: kind },
        {
          title: '',
          date: '2026-10-15 +0800',
          time: '9:30',
          place: '三楼会议室',
          anthem: 'on',
          pledge: 'off',
          agenda: '学习\n\n 讨论 ',
          ...over,
        },
      ),
    async meeting() {
      const [newest] = await meetingsOfBranch(db.read, 'B001', 1);
      if (newest === undefined) throw new Error('no meeting');
      return newest;
    },
    async opened(kind, time = '9:30') {
      await world.plan(kind, { date: '2026-10-09', time });
      const { id } = await world.meeting();
      await base.click('S0', { a: 'meeting_open', g: id });
      const meeting = await findMeeting(db.read, id);
      if (meeting?.state !== 'open') throw new Error('not open');
      return meeting;
    },
    messages: async (card) => (await base.outbox()).filter((row) => row.card === card),
  };
  return world;
}

/** The clock of meetings runs as of this moment. */
export const tick = (world: MeetingWorld, moment: string) => {
  world.clock.now = parseMoment(moment);
  return runJob(world, 'meeting-clock');
};
