/** What the demo plays in a year, with the real bot and a branch on each platform: a post, a unit's item, meetings with guests, activities, a review. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approveCommitments, writeCommitments } from '../../src/demo/year-commitments.ts';
import {
  type Cast,
  holdActivities,
  holdCommitmentMeetings,
  holdReviews,
  untilQuiet,
} from '../../src/demo/year-events.ts';
import { POST_STAR, setUpStars } from '../../src/demo/year-stars.ts';
import { type Role, type Roster, roleSchema } from '../../src/domain/roster.ts';
import { query } from '../support/journey.ts';
import { type Member, World } from '../support/world.ts';

const BRANCHES = [
  { code: 'B001', unit: 'U1', group: 'G01', chatOn: 'lark' },
  { code: 'B002', unit: 'U1', group: 'G01', chatOn: 'dingtalk' },
] as const;
const member = (no: string, branch: 'B001' | 'B002', roles?: string): Member => ({
  no,
  branch,
  on: branch === 'B001' ? 'lark' : 'dingtalk',
  ...(roles === undefined ? {} : { roles }),
});
const MEMBERS: readonly Member[] = [
  member('S01', 'B001', 'secretary'),
  member('M01', 'B001'),
  member('M02', 'B001'),
  member('M03', 'B001'),
  member('M05', 'B001'),
  member('M06', 'B001'),
  member('S02', 'B002', 'secretary'),
  member('G01', 'B002', 'leading_group'),
  member('L01', 'B002', 'liaison:D1'),
  member('O01', 'B002', 'office'),
  member('M04', 'B002'),
];
const rolesOf = (roles: string | undefined): { role: Role; scope: string }[] =>
  (roles === undefined ? [] : [roles]).map((held) => {
    const [role, scope = ''] = held.split(':');
    return { role: roleSchema.parse(role), scope };
  });
/** The same people as a made-up city. */
const city: Roster = {
  branches: BRANCHES.map(({ code }) => ({
    code,
    name: code,
    districtCode: 'D1',
    districtName: 'D1',
    groupCode: 'G01',
    groupName: 'G01',
    unitCode: 'U1',
    unitName: 'U1',
  })),
  people: MEMBERS.map(({ no, branch, roles }) => ({
    employeeNo: no,
    name: no,
    mobile: no,
    branch,
    status: 'full',
    roles: rolesOf(roles),
    larkOpenId: null,
    dingtalkUserId: null,
    locale: null,
  })),
};

describe('the played year', () => {
  let world: World;
  let cast: Cast;
  beforeAll(async () => {
    world = await World.start({
      platform: 'both',
      branches: BRANCHES,
      members: MEMBERS,
      startsAt: '2026-02-04T10:00+08:00',
    });
    const { client } = world;
    cast = { client, city, player: (no) => [world.as(no)], settle: () => untilQuiet(client, world.bot.url) };
  }, 60_000);
  afterAll(() => world?.stop());

  const count = async (text: string): Promise<number> =>
    (await query(world, z.object({ n: z.int() }), text))[0]?.n ?? 0;
  test('a post gets a star of its own and its members commit to it; the unit has an item that somebody carries', async () => {
    await setUpStars(cast, 2026);
    expect(await count("SELECT count(*) AS n FROM post_plan WHERE branch = 'B001' AND state = 'approved'")).toBe(1);
    expect(
      await count(
        "SELECT count(*) AS n FROM star_item i JOIN task t ON t.id = i.task WHERE i.level = 'unit' AND i.scope = 'U1' AND t.owner = 'M01'",
      ),
    ).toBe(1);
    await cast.client.clock({ now: Date.parse('2026-02-05T10:00+08:00') }); // approvers hear of what waits once a day
    await cast.settle();
    await writeCommitments(cast, 2026);
    await cast.settle();
    await approveCommitments(MEMBERS.map(({ no }) => world.as(no)));
    expect(await count("SELECT count(*) AS n FROM commitment WHERE state = 'approved'")).toBe(MEMBERS.length + 2);
    const own = await query(
      world,
      z.object({ person: z.string() }),
      `SELECT c.person FROM commitment_item i JOIN commitment c ON c.id = i.commitment WHERE i.star = '${POST_STAR}' AND c.branch = 'B001'`,
    );
    expect(own.map(({ person }) => person)).toEqual(expect.arrayContaining(['M01', 'M02']));
  });

  test('meetings have guests, checklists and somebody excused; activities and a visit are signed in to', async () => {
    await holdCommitmentMeetings(cast, '2026-02-05');
    expect(await count("SELECT count(*) AS n FROM meeting WHERE state = 'held' AND points IS NOT NULL")).toBe(2);
    expect(await count('SELECT count(*) AS n FROM meeting_guest WHERE comes = 1 AND checklist IS NOT NULL')).toBe(2);
    expect(await count("SELECT count(*) AS n FROM meeting_absence WHERE reason = 'duty_travel'")).toBe(2);
    expect(await count("SELECT count(*) AS n FROM commitment WHERE state = 'published'")).toBe(MEMBERS.length + 2);
    await holdActivities(cast, '2026-02-05', 0);
    for (const level of ['group', 'district', 'branch']) {
      const held = `SELECT count(*) AS n FROM activity WHERE level = '${level}' AND state = 'held'`;
      expect(await count(held), level).toBe(1);
    }
    expect(await count('SELECT count(*) AS n FROM activity_sign_in')).toBeGreaterThan(MEMBERS.length);
  });

  test('a review is held to the end; the guests of the group answer, come with a few, and fill in the checklist', async () => {
    const host = { ...city, people: city.people.filter(({ employeeNo }) => employeeNo !== 'S02') };
    await holdReviews({ ...cast, city: host }, '2025-Q4', '2026-02-05');
    expect(await count("SELECT count(*) AS n FROM review WHERE branch = 'B001' AND state = 'notice'")).toBe(1);
    const came = 'SELECT present AS n FROM review_guest WHERE comes = 1 AND checklist IS NOT NULL';
    expect([1, 2, 3, 4]).toContain(await count(came));
  });
});
