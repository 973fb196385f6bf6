/** F6: before anybody fills in a form, its card says how long what is written is kept, by the rules in force. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { electorExcuseCard } from '../../cards/elector-excuse.ts';
import type { Action } from '../../src/action.ts';
import type { Card } from '../../src/card.ts';
import { mergeRules } from '../../src/domain/rules.ts';
import { LOCALES, translator } from '../../src/i18n.ts';
import { gathered, runJob, allText, closeByMeeting, passed } from '../support/opinion-world.ts';
import { meetingWorld } from '../support/meeting-world.ts';
import { stage, toBallot, toNotice, vote } from '../support/review-stage.ts';

const RULES = { retention: { raw_ballots_days: 41, raw_opinions_days: 43, sheets_years: 7, results_years: 11 } };
/** A term of these rules, or one that is no setting. */
const KEPT =
  /41 天|43 天|7 年|11 年|保存到.*年度评议|长期保存|一直保留|41 days|43 days|7 years|11 years|kept until|kept for good|kept as long as/i;
/** Nothing written in them is kept, or the page before them has said it. */
const NOTHING_KEPT: Readonly<Record<string, string>> = {
  card_check: 'said back and written nowhere',
  meeting_kind: 'chooses which form to open',
  opinion_again: 'chooses which form to open',
  post_name: 'a page behind the list of groups, which says it',
  post_members: 'a page behind the list of groups, which says it',
};

/** Names of all forms that any card is built with. */
const FORMS = [
  ...new Set([
    // Named by a variable.
    'ballot',
    'five_same',
    'leading_meeting',
    'post_group',
    ...['cards', 'cards/shared'].flatMap((folder) =>
      readdirSync(new URL(`../../${folder}`, import.meta.url))
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => {
          const source = readFileSync(new URL(`../../${folder}/${file}`, import.meta.url), 'utf8');
          return [...source.matchAll(/kind: 'form',\s+name: ([^,\n]+)/g)].flatMap(([, name = '']) =>
            [...name.matchAll(/'([a-z_]+)'/g)].flatMap(([, one = '']) => (one === 'branch' ? [] : [one])),
          );
        }),
    ),
  ]),
];

/** What cards with forms say, by the name of the form. */
const said = new Map<string, string>();
function take(card: Card | null | undefined): void {
  for (const block of card?.blocks ?? [])
    if (block.kind === 'form') said.set(block.name.replace(/^(ballot)_.*/, '$1'), allText(card));
}

describe.each(LOCALES)('in %s', (locale) => {
  beforeAll(async () => {
    said.clear();
    const world = await meetingWorld(RULES);
    const { db } = world.use;
    await db.script(`UPDATE person SET locale = '${locale}'`);
    const see = async (person: string, action: Action, form: Record<string, string> = {}) => {
      const { card } = await world.click(person, action, form);
      take(card);
      return card;
    };
    const button = (card: Card | null | undefined, name: string): Action => {
      const found = card?.blocks
        .flatMap((block) => ('buttons' in block ? block.buttons : []))
        .find((it) => it.name === name);
      if (found?.action === undefined) throw new Error(`no button ${name}`);
      return found.action;
    };
    await see('O1', { a: 'guidance_new' });
    await see('S0', { a: 'activity_new' });
    await see('O1', { a: 'visit_new' });
    await see('S0', { a: 'task_form', p: 0 });
    await see('G1', { a: 'leading_meeting_new' });
    await see('G1', { a: 'leading_evidence_new' });
    await see('M01', { a: 'commit_show', y: 2026, w: 'own', n: 0 });
    await see('S0', { a: 'star_item_new', l: 'branch', p: 0 });
    await see('S0', { a: 'summary_show', m: '2026-10' });
    const posts = await see('S0', { a: 'post_list', y: 2026 });
    const group = await see('S0', button(posts, 'add_group'), { name: '窗口岗' });
    await see('S0', button(group, 'pick'));
    await see('S0', button(group, 'star_add'));
    const members = button(group, 'pick');
    if (members.a !== 'post_members') throw new Error('no group');
    await world.click('S0', { a: 'post_pick', y: 2026, g: members.g, p: 0 }, { member_M01: 'in' });
    await world.click(
      'S0',
      { a: 'post_star_save', y: 2026, g: members.g },
      { star: 'warm_service', indicator_1: '按时限办结每一件事' },
    );
    await world.click('S0', { a: 'post_submit', y: 2026 });
    await see('G1', { a: 'post_review', b: 'B001', y: 2026, p: 0 });
    take(await world.card('chat_setup', { chat: 'oc_new', platform: 'lark' }, 'S0', locale));
    await db.script(`INSERT INTO chat (platform, chat_id, name) VALUES ('lark', 'oc_new', '新群')`);
    take(await world.card('chat_setup', { chat: 'oc_new', platform: 'lark' }, 'S0', locale));
    take(await world.card('meetings', {}, 'S0', locale));
    await see('S0', { a: 'meeting_new' }, { kind: 'commitment_meeting' });
    const meeting = await world.opened('commitment_meeting');
    await see('S0', { a: 'meeting_register', g: meeting.id, p: 0 });
    take(await world.card('meeting_invitation', { meeting: meeting.id }, 'Y0', locale));
    await world.click('M01', { a: 'meeting_sign_in', g: meeting.id });
    await world.click('S0', { a: 'meeting_end', g: meeting.id });
    await see('S0', { a: 'minutes_form', g: meeting.id });
    await world.plan('commitment_meeting');
    take(await world.card('meeting_invitation', { meeting: (await world.meeting()).id }, 'Y0', locale));
    await world.submit('M01', 'own').catch(() => {});
    for (const n of [1, 2, 3]) await world.add('M01', 'own', n);
    await world.submit('M01', 'own');
    await see('S0', { a: 'commit_review', c: (await world.sheet('M01')).id });
    await world.committed('M02');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    await runJob(world, 'weekly-check-open');
    const check = (await world.outbox()).find((row) => row.card === 'weekly_check');
    if (check !== undefined) take(await world.card('weekly_check', JSON.parse(check.args), check.recipient, locale));
    // The year rests on its version by now, so changed files wait to be adopted.
    world.use.rules = mergeRules({ ...RULES, league_activities_full: 9 });
    take(await world.card('rules', { year: 2026 }, 'O1', locale));

    const at = await stage({ rules: RULES });
    await at.use.db.script(`UPDATE person SET locale = '${locale}'`);
    const show = async (card: string, person: string, args: Record<string, string | number> = {}) =>
      take(await at.card(card, { review: at.r, ...args }, person, locale));
    await show('self_review', 'M01');
    await show('branch_review', 'S0');
    await show('opinion', 'M01');
    await show('meeting_form', 'S0');
    await show('due_edit', 'S0', { page: 0 });
    await show('excuse_edit', 'S0', { page: 0 });
    await show('rating_edit', 'S0', { page: 0 });
    await toBallot(at);
    await show('ballot', 'M01');
    await vote(at);
    await at.click('S0', { a: 'close_ballot', r: at.r });
    await show('confirmation', 'S0', { page: 0 });
    await at.click(
      'S0',
      { a: 'confirm_page', r: at.r, p: 1 },
      { barred_M01: 'carries_no_task', reason_M01: '未领任务' },
    );
    await show('hearing', 'M01');

    const done = await stage({ rules: RULES });
    await done.use.db.script(`UPDATE person SET locale = '${locale}'`);
    await toNotice(done);
    take(await done.card('objection_form', { review: done.r }, 'M01', locale));
    await done.click('M01', { a: 'objection_file', r: done.r }, { text: '请复核' });
    const filed = (await done.outbox()).find((row) => row.card === 'objection_case');
    if (filed === undefined) throw new Error('no case was sent');
    const o = JSON.parse(filed.args).objection;
    take(await done.card('objection_case', { objection: o, opened: 1 }, filed.recipient, locale));
    await done.click(filed.recipient, { a: 'objection_decide', o }, { answer: '成立' }, { button: 'uphold' });
    const settler = (await done.outbox()).find((row) => row.card === 'objection_settle')?.recipient ?? '';
    const settle = async (action: Action, form?: Record<string, string>) =>
      take((await done.click(settler, action, form)).card);
    await settle({ a: 'settle_form', o, l: 0, s: '' });
    await settle({ a: 'settle_preview', o }, { star: 'none', reason: '已核实' });
    const context = { locale, t: translator(locale), terms: mergeRules(RULES).retention };
    const excused = { person: 'M01', name: '某M01', category: 'leadership', reason: null } as const;
    take(electorExcuseCard.render({ review: 'r', page: 0, pages: 1, people: [excused] }, context));

    for (const start of [gathered, passed]) {
      const { world: opinions, r } = await start(RULES);
      await opinions.use.db.script(`UPDATE person SET locale = '${locale}'`);
      if (start === gathered) {
        await closeByMeeting(opinions, r);
        take((await opinions.click('S0', { a: 'opinion_group', r, s: 'M04', p: 0 })).card);
        await opinions.click('S0', { a: 'opinion_save', r, s: 'M04' }, { grouped: '接听和回复要及时' });
        take(await opinions.card('opinion_desk', { review: r, page: 0 }, 'S0', locale));
      } else take(await opinions.card('opinion_mine', { review: r, about: 'own' }, 'M04', locale));
    }
  });

  it('every form of every card is looked at', () => {
    expect(FORMS.length).toBeGreaterThan(30);
    expect(FORMS.filter((form) => !said.has(form) && !(form in NOTHING_KEPT))).toEqual([]);
  });
  it.each(FORMS.filter((form) => !(form in NOTHING_KEPT)))('%s says how long it is kept', (form) => {
    expect(said.get(form)).toMatch(KEPT);
  });
});
