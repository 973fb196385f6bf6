import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { castBallot, runMeeting } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const DAY_MS = 86_400_000;
const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  ...['E02', 'E03', 'E04', 'E05', 'E06'].map((no) => ({ no, branch: 'B001' })),
  ...['C01', 'C02', 'C03'].map((no) => ({ no, branch: 'B001', status: 'colleague' as const })),
  { no: 'E07', branch: 'B001', roles: 'liaison:D1;leader' },
];
const EVERYBODY = MEMBERS.map((member) => member.no);

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      startsAt: '2026-10-15T10:00+08:00',
    });
  }, 60_000);
  afterAll(() => world?.stop());

  const advance = (days: number) => world.client.clock({ advance: days * DAY_MS });

  test('days are skipped in training: reminders, closing, the end of the notice and the league come in their order', async () => {
    const secretary = world.as('E01');
    await secretary.ask('/评议 开启', { button: 'start_meeting' });
    await runMeeting(world, 'E01', 'B001', EVERYBODY);
    const owing = world.as('E06');
    for (const no of EVERYBODY.filter((one) => one !== 'E06')) await castBallot(world, no, () => 9);

    await advance(4); // at least two working days, none of them past the window of three
    await owing.card({ text: /还有一张测评票未投/ });
    expect(await world.as('E05').findCard({ text: /还有一张测评票未投/ })).toBeNull();

    await advance(4); // the window is over: closed and counted by itself
    const console = await secretary.card({ button: 'confirm_results' });
    const form = (await console.press('confirm_results')).card;
    const confirmed = (await form.press('confirm_results', {})).card;
    await confirmed.press('publish_results');
    await world.inChat('E07', 'district:D1', { title: /B001/ });

    await advance(10); // past the five working days of notice
    await world.inChat('E07', 'district:D1', { title: /排行/ });
    await secretary.ask('/评议', { text: /本次评议已结束/ });
  }, 90_000);
});
