/** The league goes to the district chats on the working day after notices end (J19, F12; design.md section 8). */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/period.ts';
import { runJob } from '../support/opinion-world.ts';
import { messages, type Stage, stage, toNotice } from '../support/review-stage.ts';

const on = (at: Stage, date: string) => {
  at.clock.now = Date.parse(`${date}T09:05:00+08:00`);
};
const posted = async (at: Stage) => (await messages(at, 'league')).map(({ recipient, args }) => `${recipient} ${args}`);
const LEAGUE = '{"period":"2026-Q3","district":"D1"}';

async function inDistrict(): Promise<Stage> {
  const at = await stage();
  await at.use.db.script(`INSERT INTO chat (platform, chat_id, name, scope, code) VALUES ('lark', 'oc_district', '片区群', 'district', 'D1');
    INSERT INTO person_role (person, role, scope) VALUES ('M06', 'liaison', 'D1')`);
  return at;
}
/** A second branch of the district, published as well. */
async function secondNotice(at: Stage, until: string): Promise<void> {
  await at.use.db.script(`INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, notice_until)
    SELECT 'second', 'B002', period, 'notice', rules, catalogue, 'X0', 0, '${until}' FROM review WHERE id = '${at.r}'`);
}

describe('league', () => {
  it('is posted the day after, once, whether the notice was made final in the meantime or not', async () => {
    const at = await inDistrict();
    await toNotice(at);
    on(at, '2026-10-15');
    expect(await runJob(at, 'league')).toMatchObject({ done: 0 });
    on(at, '2026-10-16');
    expect(await runJob(at, 'league')).toMatchObject({ done: 1, failed: 0 });
    await runJob(at, 'notice-close');
    await runJob(at, 'league');
    on(at, '2026-10-20');
    await runJob(at, 'league');
    expect(await posted(at)).toEqual([`oc_district ${LEAGUE}`]);
    const card = JSON.stringify(await at.card('league', { period: '2026-Q3', district: 'D1' }, 'M06'));
    expect(card).toContain('示例第一支部');
    expect(card).not.toMatch(/某M0|某S0/);
  });

  it('waits while another notice of the district runs, and comes again when one ends later', async () => {
    const at = await inDistrict();
    await toNotice(at);
    await secondNotice(at, '2026-10-20');
    on(at, '2026-10-19');
    expect(await runJob(at, 'league')).toMatchObject({ done: 0 });
    on(at, '2026-10-21');
    expect(await runJob(at, 'league')).toMatchObject({ done: 1 });
    expect(await posted(at)).toEqual([`oc_district ${LEAGUE}`]);

    const later = await inDistrict();
    await toNotice(later);
    on(later, '2026-10-19');
    await runJob(later, 'league');
    await secondNotice(later, '2026-10-26');
    on(later, '2026-10-27');
    await runJob(later, 'league');
    expect(await posted(later)).toEqual([`oc_district ${LEAGUE}`, `oc_district ${LEAGUE}`]);
  });

  it('is no news after a month', async () => {
    const at = await inDistrict();
    await toNotice(at);
    on(at, addDays('2026-10-15', 32));
    expect(await runJob(at, 'league')).toMatchObject({ done: 0 });
  });

  it('goes to the liaison officers where the district has no chat', async () => {
    const at = await inDistrict();
    await at.use.db.script(`UPDATE chat SET active = 0 WHERE chat_id = 'oc_district'`);
    await toNotice(at);
    on(at, '2026-10-19');
    await runJob(at, 'league');
    expect(await posted(at)).toEqual([`M06 ${LEAGUE}`]);
  });
});
