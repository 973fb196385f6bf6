import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, latestEndedQuarter, today } from '../../src/domain/period.ts';
import { periodName } from '../../src/period-name.ts';
import { auditActs, forge, kindOf, reviewOf, snapshot, sql, step, t, toastOf, told } from '../support/journey.ts';
import type { Pressed, ShownCard } from '../support/playground.ts';
import { castBallot, fileSelfReview, runMeeting } from '../support/review-play.ts';
import { type Member, nameOf, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee' },
  { no: 'E04', branch: 'B001', roles: 'leader' },
  ...['E05', 'E06', 'E07', 'E08'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E09', branch: 'B001', status: 'probationary' },
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
  { no: 'F03', branch: 'B002', roles: 'office' },
  { no: 'F04', branch: 'B002', roles: 'leading_group' },
  { no: 'G01', branch: 'B003', roles: 'secretary' },
  { no: 'G02', branch: 'B003', roles: 'liaison:D2' },
];
const MEMBERS_OF_B001 = MEMBERS.filter((member) => member.branch === 'B001');
const nameBy = (no: string) => nameOf(MEMBERS.find((member) => member.no === no) ?? { no, branch: '' });
/** The line on a result that is not the one published first. */
const CORRECTED = /已于 .* 更正/;
const inDays = (n: number): string => addDays(today(Date.now(), 'Asia/Shanghai'), n);
const STAR = 'dedication';
const NEWEST = latestEndedQuarter(today(Date.now(), 'Asia/Shanghai'));
const PERIOD = periodName(t, NEWEST);

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  let review: string;

  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U1' },
        { code: 'B003', unit: 'U3', district: 'D2', group: 'G02' },
      ],
      members: MEMBERS,
      anyHour: true,
    });
    review = reviewOf(await world.as('E01').ask('/评议 开启', { button: 'start_meeting' }));
    await Promise.all(
      MEMBERS_OF_B001.filter((member) => member.status !== 'colleague').map(({ no }) => fileSelfReview(world, no, 9)),
    );
    const present = MEMBERS_OF_B001.map((member) => member.no);
    await runMeeting(world, 'E01', 'B001', present);
    // Some do very well, E07 wins stars without standing out, E08 wins none.
    await Promise.all(
      present.map((no) =>
        castBallot(world, no, (subject) => ({ E05: 10, E06: 10, E01: 10, E02: 10, E07: 8, E08: 6 })[subject] ?? 9),
      ),
    );
    await step(world, 'E01', 'close_ballot');
  }, 60_000);
  afterAll(() => world?.stop());

  const confirmation = (no: string): Promise<ShownCard> => world.as(no).ask('/评议 确认', { form: 'confirmation' });
  /** Fills in the form page by page as far as the fields go, and confirms. */
  async function decide(no: string, fields: Readonly<Record<string, string>>, first?: ShownCard): Promise<Pressed> {
    let card = first ?? (await confirmation(no));
    let left = Object.entries(fields);
    for (;;) {
      const names = card.fields('confirmation');
      const here = Object.fromEntries(left.filter(([name]) => names.includes(name)));
      left = left.filter(([name]) => !names.includes(name));
      const pressed = await card.press(left.length === 0 ? 'confirm_results' : 'confirm_next', here);
      if (left.length === 0 || kindOf(pressed) === 'warning') return pressed;
      card = pressed.card;
    }
  }
  const problem = (
    no: string,
    key:
      | 'reason_missing'
      | 'recused'
      | 'score_too_low'
      | 'reason_long'
      | 'bad_ground'
      | 'star_not_won'
      | 'unknown_star'
      | 'not_graded',
  ) =>
    `warning: ${t('result.confirm_about', { name: nameBy(no), problem: t(`result.confirm_problem.${key}`, { min: '9' }) })}`;

  describe('the confirmation', () => {
    test('what is wrong with the form is said with a name, comes back as typed, and nothing of it is kept', async () => {
      const before = await snapshot(world);
      const cases: [Record<string, string>, string][] = [
        [{ outstanding_E05: STAR }, problem('E05', 'reason_missing')],
        [{ barred_E08: 'carries_no_task' }, problem('E08', 'reason_missing')],
        [{ outstanding_E03: STAR, reason_E03: '自荐' }, problem('E03', 'recused')],
        // A good wish beside a bad one is not kept either, and nobody is asked for a statement.
        [
          { barred_E07: 'carries_no_task', reason_E07: '三月任务未领', barred_E08: 'task_not_serious' },
          problem('E08', 'reason_missing'),
        ],
      ];
      for (const [form, said] of cases) {
        const pressed = await decide('E03', form);
        expect(toastOf(pressed)).toBe(said);
        const fields = pressed.card.view.forms[0]?.fields ?? [];
        for (const [name, value] of Object.entries(form))
          expect(fields.find((field) => field.name === name)?.initial, name).toBe(value);
      }
      const forged: [Record<string, string>, string][] = [
        [{ outstanding_E08: STAR, reason_E08: 'x' }, problem('E08', 'star_not_won')],
        [{ outstanding_E07: STAR, reason_E07: 'x' }, problem('E07', 'score_too_low')],
        [{ outstanding_E05: 'no_such_star', reason_E05: 'x' }, problem('E05', 'unknown_star')],
        [{ outstanding_E09: STAR, reason_E09: 'x' }, problem('E09', 'not_graded')],
        [{ barred_E05: 'dislikes_tea', reason_E05: 'x' }, problem('E05', 'bad_ground')],
        [{ outstanding_E05: STAR, reason_E05: '长'.repeat(301) }, problem('E05', 'reason_long')],
      ];
      const card = await confirmation('E03');
      for (const [form, said] of forged)
        expect(toastOf(await forge(world, 'E03', { a: 'confirm_results', r: review, p: 0 }, { card, form }))).toBe(
          said,
        );
      expect(await world.as('E07').findCard({ title: t('result.hearing_title') })).toBeNull();
      expect(await snapshot(world)).toEqual(before);
    });

    test('three outstanding stars a branch, not four (A37)', async () => {
      const four = Object.fromEntries(
        ['E01', 'E02', 'E05', 'E06'].flatMap((no) => [
          [`outstanding_${no}`, STAR],
          [`reason_${no}`, '成绩突出'],
        ]),
      );
      const pressed = await decide('E03', four);
      expect(toastOf(pressed)).toBe(`warning: ${t('result.confirm_problem.too_many_outstanding')}`);
      const fewer = await decide('E03', {
        outstanding_E01: 'none',
        outstanding_E02: 'none',
        barred_E07: 'carries_no_task',
        reason_E07: '三月任务未领取，提醒两次',
      });
      expect(toastOf(fewer)).toBe(`info: ${t('result.confirm_hearing', { names: nameBy('E07'), days: '3 个工作日' })}`);
      expect(fewer.card.has('confirm_results')).toBe(false);
      expect(fewer.card.text).toContain(nameBy('E07'));
    });

    test('nobody takes back or changes what others decided about them', async () => {
      await decide('E02', { barred_E03: 'task_not_serious', reason_E03: '两项任务逾期' });
      for (const form of [{ barred_E03: 'none' }, { barred_E03: 'carries_no_task' }, { reason_E03: '并无此事' }])
        expect(toastOf(await decide('E03', form))).toBe(problem('E03', 'recused'));
      // The form as it is changes nothing about oneself.
      expect(kindOf(await decide('E03', {}))).toBe('info');
      const dropped = await decide('E02', { barred_E03: 'none' });
      expect(toastOf(dropped)).toBe(
        `info: ${t('result.confirm_hearing', { names: nameBy('E07'), days: '3 个工作日' })}`,
      );
      expect(await auditActs(world)).toContain('bar_dropped E02');
      await world.as('E03').card({ text: t('notice.bar_dropped', { period: PERIOD }) });
    });
  });

  describe('the hearing (R121, F9)', () => {
    test('until the member has answered or the days are over nothing can be confirmed', async () => {
      const console = await world.as('E01').ask('/评议', { button: 'refresh' });
      expect(console.has('confirm_results')).toBe(false);
      expect(console.text).toContain(t('review.state.tallied'));
      expect(toastOf(await forge(world, 'E01', { a: 'confirm_results', r: review, p: 0 }))).toBe(
        `info: ${t('result.confirm_hearing', { names: nameBy('E07'), days: '3 个工作日' })}`,
      );
      expect((await world.as('E07').ask('/我的', { title: t('result.me_title') })).buttons()).toContain('hearing_1');
    });

    test('the statement is the member’s own: not too long, not somebody else’s', async () => {
      const card = await world.as('E07').card({ form: 'hearing' });
      expect(card.text).toContain(t('result.ground.carries_no_task'));
      expect(card.text).toContain('三月任务未领取，提醒两次');
      const long = await forge(
        world,
        'E07',
        { a: 'hearing_statement', r: review },
        { card, form: { statement: '话'.repeat(1_001) } },
      );
      expect(toastOf(long)).toBe(
        `warning: ${t('review.self.too_long', { field: t('result.hearing_text'), max: 1_000 })}`,
      );
      for (const no of ['E03', 'E05', 'G01'])
        expect(
          toastOf(await forge(world, no, { a: 'hearing_statement', r: review }, { form: { statement: '代说' } })),
        ).toBe(`warning: ${t('result.hearing_over')}`);
      for (const no of ['E05', 'G01'])
        expect(toastOf(await forge(world, no, { a: 'hearing_open', r: review }))).toBe(
          `warning: ${t('notice.old_card')}`,
        );
      const said = await card.press('submit', { statement: '当时在出差，已补办' });
      expect(toastOf(said)).toBe(`success: ${t('result.hearing_ok')}`);
      const told = await world.as('E01').nextCard({ button: 'confirm_results' });
      expect(told.text).not.toContain('当时在出差');
      expect((await (await confirmation('E02')).press('confirm_next', {})).card.text).toContain('当时在出差，已补办');
    });

    test('a new ground or new evidence is a new case: the member is heard again', async () => {
      const reworded = await decide('E02', { reason_E07: '三月、四月任务均未领取' });
      expect(toastOf(reworded)).toBe(
        `info: ${t('result.confirm_hearing', { names: nameBy('E07'), days: '3 个工作日' })}`,
      );
      await world.as('E07').nextCard({ form: 'hearing', text: '三月、四月任务均未领取' });
      expect((await world.as('E01').ask('/评议', { button: 'refresh' })).has('confirm_results')).toBe(false);
    });

    test('when the three working days are over the secretary is told and the committee may decide without an answer', async () => {
      await sql(world, 'UPDATE decision SET hearing_until = 1 WHERE review = ? AND person = ?', [review, 'E07']);
      // On a working day within message hours, whenever this test runs.
      await world.cliOk('run', 'notice-close', '--now', '2026-10-09T10:00+08:00');
      await world.as('E01').nextCard({ button: 'confirm_results' });
      expect(toastOf(await decide('E03', {}))).toBe(`success: ${t('result.confirmed')}`);
      const acts = await auditActs(world);
      for (const act of [
        'bar_proposed E03',
        'bar_stated E07',
        'bar_proposed E02',
        'bar_decided E03',
        'outstanding_named E03',
        'results_confirmed E03',
      ])
        expect(acts).toContain(act);
      expect(
        toastOf(await forge(world, 'E07', { a: 'hearing_statement', r: review }, { form: { statement: '补充' } })),
      ).toBe(`warning: ${t('result.hearing_over')}`);
    });
  });

  describe('publication', () => {
    test('before it nobody outside the committee and the leaders sees anything', async () => {
      expect(await told(world, 'F02', '/结果 B001')).toBe(
        t('notice.not_published', { branch: 'B001支部', period: PERIOD }),
      );
      expect(await told(world, 'F03', '/结果 B001')).toBe(
        t('notice.not_published', { branch: 'B001支部', period: PERIOD }),
      );
      expect((await world.as('E05').ask('/结果', { button: 'acknowledge' })).title).toBe(
        t('result.mine_title', { period: PERIOD }),
      );
      const published = await step(world, 'E03', 'publish_results');
      expect(kindOf(published)).toBe('success');
    });

    test('the branch chat gets names and stars, the district chat totals without names, neither a score', async () => {
      const branch = await world.inChat('E05', 'branch:B001', {
        title: t('result.branch_title', { branch: 'B001支部', period: PERIOD }),
      });
      const rows = new Map(
        (branch.view.tables[0]?.rows ?? []).map(([name = '', n = '', stars = '']) => [name, { n, stars }]),
      );
      expect(rows.get(nameBy('E05'))).toMatchObject({ n: '10', stars: expect.stringContaining('★') as string });
      expect(rows.get(nameBy('E07'))?.n).toBe('8');
      expect(rows.get(nameBy('E07'))?.stars).not.toContain('政治坚定');
      expect(rows.get(nameBy('E08'))).toEqual({ n: '0', stars: '' });
      expect(rows.has(nameBy('E09'))).toBe(false); // probationary: feedback only
      const district = await world.inChat('F02', 'district:D1', { title: /B001/ });
      for (const card of [branch, district]) expect(JSON.stringify(card.json)).not.toMatch(/\d\.\d\d/);
      for (const member of MEMBERS_OF_B001) expect(JSON.stringify(district.json)).not.toContain(nameOf(member));
      expect(district.text).toContain('B001');
      expect(await world.as('G01').findCard({ title: /B001/ }, world.chat('district:D2'))).toBeNull();
    });

    test('everybody gets the own result, with every departure and its reason', async () => {
      const barred = await world.as('E07').card({ button: 'acknowledge', text: /支部委员会决定/ });
      expect(barred.text).toContain('三月、四月任务均未领取');
      expect(barred.text).toContain(t('result.ground.carries_no_task'));
      const best = await world.as('E05').card({ button: 'object' });
      expect(best.text).toContain('成绩突出');
      const feedback = await world.as('E09').card({ button: 'object' });
      expect(feedback.text).toContain(t('result.not_graded'));
      expect(await world.as('C01').findCard({ button: 'acknowledge' })).toBeNull();
      const noted = await best.press('acknowledge');
      expect(toastOf(noted)).toBe(`success: ${t('result.acknowledged')}`);
      expect(noted.card.has('acknowledge')).toBe(false);
    });

    test('what each may see: the own sheet, the branch’s scores, published stars, nothing', async () => {
      const scores = t('result.scores_title', { branch: 'B001支部', period: PERIOD });
      for (const no of ['E01', 'E03', 'E04']) await world.as(no).ask('/结果', { title: scores });
      await world.as('F04').ask('/结果 B001', { title: scores }); // leading group of the unit
      const mine = t('result.mine_title', { period: PERIOD });
      await world.as('E05').ask(`/结果 ${NEWEST}`, { title: mine });
      const stars = t('result.branch_title', { branch: 'B001支部', period: PERIOD });
      await world.as('C01').ask('/results', { title: stars });
      const ofLiaison = await world.as('F02').ask('/结果 b001', { title: stars });
      expect(JSON.stringify(ofLiaison.json)).not.toMatch(/\d\.\d\d/);
      // The work committee gets the feedback to the branch, and nobody's scores (A25).
      const ofOffice = await world.as('F03').ask('/结果 b001', { title: stars });
      expect(ofOffice.text).toContain(t('result.feedback_office'));
      expect(JSON.stringify(ofOffice.json).replace(/平均分 \d\.\d\d/g, '')).not.toMatch(/\d\.\d\d/);
      for (const no of ['F01', 'G01', 'G02'])
        expect(await told(world, no, '/结果 B001')).toBe(t('notice.not_allowed_results'));
      for (const no of ['E05', 'C01'])
        expect(await told(world, no, '/results B002')).toBe(t('notice.not_allowed_results'));
      expect(await told(world, 'F03', '/结果 B999')).toBe(t('notice.bad_scope'));
    });

    test('who looked at somebody’s sheet is written down and shown to that person (F8)', async () => {
      const overview = await world.as('E04').ask('/结果', { button: 'person_E05' });
      const shown = await overview.press('person_E05');
      expect(shown.card.title).toBe(nameBy('E05'));
      for (const no of ['C01', 'E06', 'F01', 'F02', 'F03', 'G01'])
        expect(toastOf(await forge(world, no, { a: 'person_result', r: review, p: 'E05' })), no).toBe(
          `error: ${t('notice.not_allowed_results')}`,
        );
      const me = await world.as('E05').ask('/我的', { title: t('result.me_title') });
      const views = me.view.texts.slice(me.view.texts.indexOf(t('result.me_views')) + 1).join();
      expect(views).toContain(nameBy('E04'));
      for (const no of ['C01', 'E06', 'F02']) expect(views).not.toContain(nameBy(no));
      expect(await auditActs(world)).toContain('sheet_viewed E04');
      // The overview shows everybody's total: who opened it looked at each.
      const other = (await world.as('E06').ask('/我的', { title: t('result.me_title') })).text;
      expect(other).toContain(nameBy('E04'));
      for (const no of ['C01', 'E05', 'F02']) expect(other).not.toContain(nameBy(no));
    });
  });

  describe('objections (A46, F10)', () => {
    let first: ShownCard;
    test('a private form; empty and too long ones are refused, one at a time', async () => {
      const before = await snapshot(world);
      const form = await world.as('E08').ask('/异议', { form: 'objection' });
      expect((await form.press('submit', {})).blocked).toEqual(['text']);
      for (const [text, key] of [
        ['  ', 'empty'],
        ['长'.repeat(1_001), 'too_long'],
      ] as const)
        expect(
          toastOf(await forge(world, 'E08', { a: 'objection_file', r: review }, { card: form, form: { text } })),
        ).toBe(`warning: ${t(`result.object_problem.${key}`)}`);
      for (const no of ['C01', 'F01', 'G01'])
        expect(
          toastOf(await forge(world, no, { a: 'objection_file', r: review }, { form: { text: '代提' } })),
          no,
        ).toBe(`warning: ${t('result.object_problem.objection_none')}`);
      expect(await told(world, 'C01', '/object')).toBe(t('notice.objection_none'));
      expect(await snapshot(world)).toEqual(before);
      const filed = await form.press('submit', { text: '热情服务星的记录有遗漏' });
      expect(kindOf(filed)).toBe('success');
      expect(
        toastOf(await forge(world, 'E08', { a: 'objection_file', r: review }, { card: form, form: { text: '再提' } })),
      ).toBe(`warning: ${t('result.object_problem.already_open')}`);
      expect((await world.as('E08').ask('/结果')).text).toContain(t('result.under_review'));
      expect((await world.as('E05').ask('/结果')).text).not.toContain(t('result.under_review'));
    });

    test('decided by the committee members who neither opened, closed nor confirmed', async () => {
      const asks = await world.as('E02').card({ button: 'open_case' });
      expect(asks.text).toContain(nameBy('E08'));
      expect(asks.text).not.toContain('热情服务星的记录有遗漏');
      first = (await asks.press('open_case')).card;
      expect(first.text).toContain('热情服务星的记录有遗漏');
      for (const no of ['E01', 'E03', 'E04', 'F03'])
        expect(await world.as(no).findCard({ button: 'open_case' }), no).toBeNull();
      const o = /"o":"([^"]+)"/.exec(JSON.stringify(first.json).replaceAll('\\"', '"'))?.[1] ?? '';
      const before = await snapshot(world);
      for (const no of ['E01', 'E03', 'E05', 'E08', 'F01', 'G01'])
        expect(
          toastOf(await forge(world, no, { a: 'objection_decide', o }, { name: 'uphold', form: { answer: '同意' } })),
          no,
        ).toBe(`error: ${t('result.object_decide_problem.not_decider')}`);
      expect(toastOf(await first.press('uphold', {}))).toBe(
        `warning: ${t('result.object_decide_problem.answer_missing')}`,
      );
      expect(await snapshot(world)).toEqual(before);
      expect(kindOf(await first.press('reject', { answer: '记录已核对，无遗漏' }))).toBe('success');
      expect(
        toastOf(
          await forge(world, 'E02', { a: 'objection_decide', o }, { name: 'uphold', form: { answer: '改主意' } }),
        ),
      ).toBe(`warning: ${t('result.object_decide_problem.decided')}`);
      const answer = await world.as('E08').card({ button: 'appeal' });
      expect(answer.text).toContain('记录已核对，无遗漏');
    });

    test('one appeal, to the leading group of the unit; while it is open the notice does not end', async () => {
      const form = (await (await world.as('E08').card({ button: 'appeal' })).press('appeal')).card;
      expect(kindOf(await form.press('submit', { text: '请再核对一次' }))).toBe('success');
      const appeal = (await (await world.as('F04').card({ button: 'open_case' })).press('open_case')).card;
      expect(appeal.text).toContain('请再核对一次');
      await world.cliOk('run', 'notice-close', '--now', `${inDays(20)}T00:10+08:00`);
      expect((await world.as('E01').ask('/评议', { button: 'refresh' })).text).toContain(t('review.state.notice'));
      expect(kindOf(await appeal.press('uphold', { answer: '予以采纳' }))).toBe('success');
      await world.as('E08').card({ text: '予以采纳' });
      expect(toastOf(await forge(world, 'E08', { a: 'objection_file', r: review }, { form: { text: '第三次' } }))).toBe(
        `warning: ${t('result.object_problem.no_further_appeal')}`,
      );
    });

    test('while what is upheld is not corrected the notice does not end; a reason alone settles it too', async () => {
      const card = await world.as('E03').card({ form: 'correction' });
      expect(card.text).toContain('予以采纳');
      expect(card.text).not.toContain('请再核对一次');
      await world.cliOk('run', 'notice-close', '--now', `${inDays(20)}T00:10+08:00`);
      const console = await world.as('E01').ask('/评议', { button: 'refresh' });
      expect(console.text).toContain(t('review.state.notice'));
      expect(console.text).toContain(t('result.wait_settle', { n: 1 }));
      expect(console.text).not.toContain(nameBy('E08'));
      const preview = (await card.press('settle_preview', { reason: '记录已补，分数没有变化' })).card;
      expect(preview.text).toContain(t('result.settle_stars', { name: nameBy('E08'), before: 0, after: 0 }));
      expect(toastOf(await preview.press('settle'))).toBe(`success: ${t('result.settle_done')}`);
      const told = await world.as('E08').card({ text: '记录已补，分数没有变化' });
      expect(told.text).toContain(t('result.settled_none'));
    });

    test('an upheld objection is corrected: previewed, confirmed, told, and published again as corrected', async () => {
      const form = await world.as('E07').ask('/异议', { form: 'objection' });
      expect(kindOf(await form.press('submit', { text: '出差有审批单' }))).toBe('success');
      const opened = (await (await world.as('E02').card({ button: 'open_case' })).press('open_case')).card;
      expect(kindOf(await opened.press('uphold', { answer: '审批单属实' }))).toBe('success');
      const card = await world.as('E03').card({ form: 'correction', text: '审批单属实' });
      expect(card.fields('correction')).toContain('bar');
      const missing = await card.press('settle_preview', { bar: 'lift', reason: ' ' });
      expect(toastOf(missing)).toBe(`warning: ${t('result.settle_problem.reason_missing')}`);
      const preview = (await missing.card.press('settle_preview', { bar: 'lift', reason: '出差经批准' })).card;
      expect(preview.text).toContain(t('result.settle_stars', { name: nameBy('E07'), before: 8, after: 10 }));
      expect(toastOf(await preview.press('settle'))).toBe(`success: ${t('result.settle_done')}`);

      await world.as('E07').nextCard({ text: t('result.settled_lifted') });
      const mine = await world.as('E07').nextCard({ button: 'acknowledge', text: t('result.so_far', { n: 10 }) });
      expect(mine.text).toContain('出差经批准');
      expect(mine.text).not.toContain(t('result.ground.carries_no_task'));
      const branch = await world.inChat('E05', 'branch:B001', { text: CORRECTED });
      expect(branch.view.tables[0]?.rows.find(([name]) => name === nameBy('E07'))?.[1]).toBe('10');
      const district = await world.inChat('F02', 'district:D1', { text: CORRECTED });
      for (const shown of [branch, district]) expect(shown.text).not.toMatch(/出差|审批/);
      for (const member of MEMBERS_OF_B001) expect(JSON.stringify(district.json)).not.toContain(nameOf(member));
      expect(await auditActs(world)).toEqual(expect.arrayContaining(['bar_lifted E03', 'objection_settled E03']));
    });

    test('then the notice ends, once its days are over, and the review is final', async () => {
      await world.cliOk('run', 'notice-close', '--now', `${inDays(1)}T00:10+08:00`);
      expect((await world.as('E01').ask('/评议', { button: 'refresh' })).text).toContain(t('review.state.notice'));
      await world.cliOk('run', 'notice-close', '--now', `${inDays(20)}T00:10+08:00`);
      expect((await world.as('E01').ask('/评议', { button: 'refresh' })).text).toContain(t('review.state.final'));
      expect(await auditActs(world)).toContain('results_final system');
      expect(toastOf(await forge(world, 'E06', { a: 'objection_file', r: review }, { form: { text: '太晚了' } }))).toBe(
        `warning: ${t('result.object_problem.objection_none')}`,
      );
      expect(await world.cliOk('audit', 'verify')).toMatch(/./);
    });
  });

  describe('league and progress', () => {
    test('a liaison officer and the office, in the district chat and in private', async () => {
      const title = t('result.league_title', { scope: 'D1片区', period: PERIOD });
      await world.as('F02').say('/排行', { chat: world.chat('district:D1') });
      const posted = await world.as('F02').nextCard({ title }, { chat: world.chat('district:D1') });
      expect(posted.view.tables[0]?.rows.map(([, branch]) => branch)).toEqual(['B001支部']);
      for (const member of MEMBERS_OF_B001) expect(JSON.stringify(posted.json)).not.toContain(nameOf(member));
      expect((await world.as('F02').ask('/league')).title).toBe(title);
      expect((await world.as('F03').ask(`/league ${NEWEST} d1`)).title).toBe(title);
      expect((await world.as('F03').ask('/排行')).title).toBe(
        t('result.league_title', { scope: t('result.league_city'), period: PERIOD }),
      );
      for (const no of ['E01', 'E05', 'C01'])
        expect(await told(world, no, '/排行'), no).toBe(t('notice.not_allowed_league'));
      expect(await told(world, 'F02', '/league D2')).toBe(t('notice.not_allowed_league'));
      const status = await world.as('F02').ask('/进度');
      expect(status.view.tables[0]?.rows).toEqual([
        ['B001 B001支部', t('review.state.final')],
        ['B002 B002支部', t('result.status_none')],
      ]);
      expect((await world.as('G02').ask('/status')).view.tables[0]?.rows).toEqual([
        ['B003 B003支部', t('result.status_none')],
      ]);
      expect(await told(world, 'G02', '/status D1')).toBe(t('notice.not_allowed_results'));
      expect((await world.as('E05').ask('/进度')).title).toBe(t('result.me_title'));
    });
  });
});
