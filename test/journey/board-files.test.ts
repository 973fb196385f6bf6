/** Boards arrive as files: in the branch chat after publication and after a notice, privately on request (R59, J7, J19). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { t } from '../support/journey.ts';
import { bareText, readPdf } from '../support/pdf-text.ts';
import { castBallot, fileSelfReview, runMeeting } from '../support/review-play.ts';
import { type Member, PLATFORMS, World } from '../support/world.ts';

const LONG = '买买提艾力·阿卜杜热合曼·吐尔逊江示例';
const MEMBERS: readonly Member[] = [
  { no: 'S01', branch: 'B001', roles: 'secretary' },
  { no: 'K01', branch: 'B001', roles: 'committee' },
  { no: 'M01', branch: 'B001', name: LONG },
  { no: 'M02', branch: 'B001', locale: 'en', name: '陈𫖮示例' },
  { no: 'M03', branch: 'B001' },
  { no: 'L01', branch: 'B001', roles: 'leader' },
];
const STARS = ['dedication', 'teamwork', 'integrity'];

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [{ code: 'B001', unit: 'U1' }],
      members: MEMBERS,
      startsAt: '2026-10-09T10:00+08:00',
    });
  }, 60_000);
  afterAll(() => world?.stop());

  /** The next file somebody reads. */
  async function nextFile(no: string, chat?: string) {
    const { file } = await world
      .as(no)
      .next((message) => message.file !== undefined, chat === undefined ? {} : { chat });
    if (file === undefined) throw new Error('no file');
    return { name: file.name, ...(await readPdf(await world.client.download(file.key))) };
  }

  test('the branch chat gets the board when commitments are published', async () => {
    for (const no of ['M01', 'M02']) {
      let card = await world.as(no).ask('/commit', { form: 'commitment' });
      for (const [n, star] of STARS.entries())
        card = (
          await card.press('add_item', {
            star,
            text: `第${n + 1}件事：按月公开办件时限`,
            result: `按期率不低于9${n}%`,
            due: '2026-12-18',
          })
        ).card;
      expect((await card.press('submit_all')).toast?.type).toBe('success');
    }
    for (const _ of ['M01', 'M02']) {
      const queue = await world.as('K01').ask('/承诺 审定', { button: 'review_1' });
      expect((await (await queue.press('review_1')).card.press('approve')).toast?.type).toBe('success');
    }
    const overview = await world.as('S01').ask('/承诺 情况', { button: 'publish' });
    expect((await overview.press('publish')).toast?.type).toBe('success');
    const board = await nextFile('M03', world.chat('branch:B001'));
    expect(board.name).toBe('B001支部_2026_公开承诺公示板.pdf');
    expect(board.title).toBe('B001支部2026年公开承诺');
    for (const part of [LONG, '陈𫖮示例', '第3件事：按月公开办件时限', '按期率不低于92%'])
      expect(board.bare).toContain(bareText(part));
  });

  test('a member gets the own board in their language, the secretary gets all', async () => {
    const own = await world.as('M02').ask('/me', { button: 'board_file_2026' });
    expect((await own.press('board_file_2026')).toast?.type).toBe('success');
    const mine = await nextFile('M02');
    expect(mine).toMatchObject({ language: 'en', title: '陈𫖮示例: public commitments 2026' });
    expect(mine.bare).not.toContain(bareText(LONG));
    await world.as('S01').say('/导出 公示板');
    const all = await nextFile('S01');
    expect(all.outline).toEqual(['B001支部2026年公开承诺', `${LONG} 2026年公开承诺`, '陈𫖮示例 2026年公开承诺']);
    expect((await world.as('M03').ask('/导出 公示板')).text).toContain(t('notice.not_secretary'));
  });

  test('the star board comes on the day after the notice, in message hours', async () => {
    await world.as('S01').ask('/评议 开启', { button: 'start_meeting' });
    for (const { no } of MEMBERS) await fileSelfReview(world, no, 9);
    await runMeeting(
      world,
      'S01',
      'B001',
      MEMBERS.map(({ no }) => no),
    );
    for (const { no } of MEMBERS) await castBallot(world, no, () => 9);
    let console = await world.as('S01').ask('/评议', { button: 'close_ballot' });
    console = (await console.press('close_ballot')).card;
    const form = (await console.press('confirm_results')).card;
    console = (await form.press('confirm_results')).card;
    expect((await console.press('publish_results')).toast?.type).toBe('success');
    await world.inChat('M03', 'branch:B001', { title: /2026年第3季度/ });
    await world.client.clock({ now: Date.parse('2026-10-16T09:00+08:00') });
    const board = await nextFile('M03', world.chat('branch:B001'));
    expect(board.title).toBe('B001支部2026年第3季度星榜');
    expect(board.bare).toContain(bareText(LONG));
    expect(board.bare).toContain('★');
    expect(board.bare).not.toMatch(/\d+\.\d|排名/);
  });
});
