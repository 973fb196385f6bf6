/** A choice for each person of a review, a page at a time: whom the secretary exempts, excuses or has rated otherwise. */
import { type Block, type Button, button, type Card, type Option, text } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { ABSENCE_REASONS } from '../../src/domain/absence.ts';
import type { Translate } from '../../src/i18n.ts';

/** 12 selects of seven options stay under the platform's element limit. */
const PEOPLE_A_PAGE = 12;

export interface Page<T> {
  /** From 0; the last one for a page that is not there any more. */
  page: number;
  pages: number;
  people: readonly T[];
}
export function pageOf<T>(all: readonly T[], page: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / PEOPLE_A_PAGE));
  const shown = Math.min(page, pages - 1);
  return { page: shown, pages, people: all.slice(shown * PEOPLE_A_PAGE, (shown + 1) * PEOPLE_A_PAGE) };
}

/** The categories of absence (F13), after the choices of the form itself. */
export const absenceOptions = (t: Translate, ...first: readonly Option[]): Option[] => [
  ...first,
  ...ABSENCE_REASONS.map((reason) => ({ value: reason, label: t(`review.absence.${reason}`) })),
];

const backToConsole = (r: string, t: Translate): Block => ({
  kind: 'buttons',
  buttons: [button('console', t('common.back'), { a: 'console', r })],
});
/** In the form's place when there is nobody, or nothing, to choose. */
export const noPeople = (
  { review, title, why, tone }: { review: string; title: string; why: string; tone: 'green' | 'grey' },
  { t }: RenderContext,
): Card => ({ title, tone, blocks: [text(why), backToConsole(review, t)] });

export interface PeopleForm {
  review: string;
  title: string;
  kept: Block;
  intro: string;
  /** Of the form. */
  name: string;
  page: Pick<Page<unknown>, 'page' | 'pages'>;
  /** `field`: name of the select. */
  people: readonly { field: string; label: string; options: readonly Option[]; chosen: string }[];
  save: Button;
  /** Leads to the next page; left out on the last. */
  more: Button;
}
export const peopleForm = (form: PeopleForm, { t }: RenderContext): Card => ({
  title: form.title,
  subtitle: `${form.page.page + 1} / ${form.page.pages}`,
  tone: 'blue',
  blocks: [
    form.kept,
    {
      kind: 'form',
      name: form.name,
      fields: [
        { kind: 'text', text: form.intro },
        ...form.people.map(({ field, label, options, chosen }) => ({
          kind: 'select' as const,
          name: field,
          label,
          options,
          initial: chosen,
          required: false,
        })),
      ],
      buttons: [form.save, ...(form.page.page + 1 < form.page.pages ? [form.more] : [])],
    },
    backToConsole(form.review, t),
  ],
});
