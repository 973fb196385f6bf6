import { z } from 'zod';
import { type Block, button, type Field, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Review } from '../src/domain/review.ts';
import type { MemberSheet } from '../src/domain/sheet.ts';
import { BARRED_GROUNDS, type Decision, decisionsOf } from '../src/store/decisions.ts';
import { findReview } from '../src/store/reviews.ts';
import { findBranch } from '../src/store/roster.ts';
import { subjectsOf } from '../src/store/subjects.ts';
import { memberSheets, REASON_MAX } from '../src/usecases/review/confirm.ts';
import { catalogueOf, rulesOf } from '../src/usecases/versions.ts';
import { periodName } from './shared/period-name.ts';

/** Tags a page may use for people; the rest of the 180 is for heads and buttons. */
const TAG_BUDGET = 150;
/** Tags of one person beside the options: heading, two labelled selects with placeholder, a labelled input with placeholder. */
const TAGS_PER_PERSON = 10 + BARRED_GROUNDS.length + 2;

interface Person {
  sheet: MemberSheet;
  name: string;
  /** Stars the committee may name outstanding. */
  eligible: readonly { key: string; zh: string; en: string }[];
}
interface ConfirmationView {
  review: Review;
  branchName: string;
  page: number;
  pages: readonly (readonly Person[])[];
  decisions: readonly Decision[];
  allowed: number;
}

/** Splits people so that each page stays under the element limit whatever stars they may be named for. */
function paginate(people: readonly Person[]): Person[][] {
  const pages: Person[][] = [[]];
  let used = 0;
  for (const person of people) {
    const tags = TAGS_PER_PERSON + person.eligible.length;
    if (used + tags > TAG_BUDGET) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(person);
    used += tags;
  }
  return pages;
}

/** The committee's form: for each graded member an outstanding star, a ground for barring two stars, and the reason; all optional. */
export const confirmationCard = defineCard({
  name: 'confirmation',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review: id, page }, { read }): Promise<ConfirmationView | null> {
    const review = await findReview(read, id);
    const branch = review && (await findBranch(read, review.branch));
    if (!review || !branch || review.state !== 'tallied') return null;
    const catalogue = await catalogueOf(read, review.catalogue);
    const sheets = new Map((await memberSheets(read, id)).map((sheet) => [sheet.employee_no, sheet]));
    const people = (await subjectsOf(read, id)).flatMap((subject): Person[] => {
      const sheet = sheets.get(subject.person);
      if (sheet === undefined || !sheet.graded) return [];
      const may = new Set(sheet.stars.filter((star) => star.may_stand_out).map((star) => star.key));
      return [{ sheet, name: subject.name, eligible: catalogue.member.filter((star) => may.has(star.key)) }];
    });
    const pages = paginate(people);
    const rules = await rulesOf(read, review.rules);
    return { review, branchName: branch.name, page: Math.min(page, pages.length - 1), pages, decisions: await decisionsOf(read, id), allowed: rules.outstanding.per_branch_period };
  },
  render({ review, branchName, page: p, pages, decisions, allowed }, { t, locale }) {
    const r = review.id;
    const earlier = (person: string, kind: Decision['kind']) => decisions.find((decision) => decision.person === person && decision.kind === kind);
    const fields = (pages[p] ?? []).flatMap(({ sheet, name, eligible }): Field[] => {
      const person = sheet.employee_no;
      const outstanding = earlier(person, 'outstanding');
      const barred = earlier(person, 'barred');
      const reason = outstanding?.reason ?? barred?.reason ?? '';
      return [
        { kind: 'text', text: t('result.confirm_person', { name, level: sheet.level === null ? t('result.too_few') : t('result.level_n', { n: sheet.level }) }), tone: 'strong' },
        ...(eligible.length === 0
          ? []
          : [
              {
                kind: 'select',
                name: `outstanding_${person}`,
                label: t('result.confirm_outstanding'),
                options: [{ value: 'none', label: t('result.confirm_none') }, ...eligible.map((star) => ({ value: star.key, label: star[locale === 'en' ? 'en' : 'zh'] }))],
                ...(outstanding === undefined ? {} : { initial: outstanding.value }),
                required: false,
              } satisfies Field,
            ]),
        {
          kind: 'select',
          name: `barred_${person}`,
          label: t('result.confirm_barred'),
          options: [{ value: 'none', label: t('result.confirm_not_barred') }, ...BARRED_GROUNDS.map((ground) => ({ value: ground, label: t(`result.ground.${ground}`) }))],
          ...(barred === undefined ? {} : { initial: barred.value }),
          required: false,
        },
        { kind: 'input', name: `reason_${person}`, label: t('result.confirm_reason'), multiline: false, maxLength: REASON_MAX, required: false, ...(reason === '' ? {} : { initial: reason }) },
      ];
    });
    const last = p === pages.length - 1;
    const blocks: Block[] = [
      text(t('result.confirm_intro', { n: allowed })),
      {
        kind: 'form',
        name: 'confirmation',
        fields,
        buttons: [
          last
            ? button('confirm_results', t('result.confirm_button'), { a: 'confirm_results', r, p }, 'primary')
            : button('confirm_next', t('result.confirm_more'), { a: 'confirm_page', r, p: p + 1 }, 'primary'),
        ],
      },
      { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] },
    ];
    return {
      title: t('result.confirm_title', { branch: branchName, period: periodName(t, review.period) }),
      ...(pages.length > 1 ? { subtitle: `${p + 1} / ${pages.length}` } : {}),
      tone: 'blue',
      blocks,
    };
  },
});
