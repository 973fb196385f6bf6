import { z } from 'zod';
import { button } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { type DueEntry, dueList } from '../src/store/due.ts';
import { keptLine } from './shared/kept-line.ts';
import { absenceOptions, type Page, pageOf, peopleForm } from './shared/people-form.ts';

interface DueEditView extends Page<DueEntry> {
  review: string;
}

/** The due list as a form: `due_<employee_no>` = `due`, a category of absence, or `off` for a colleague. */
export const dueEditCard = defineCard({
  name: 'due_edit',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  view: async ({ review, page }, { read }): Promise<DueEditView | null> => ({
    review,
    ...pageOf(await dueList(read, review), page),
  }),
  render(view, context) {
    const { t } = context;
    const { review: r, page: p } = view;
    const categories = absenceOptions(t, { value: 'due', label: t('review.due.counted') });
    const off = { value: 'off', label: t('review.due.take_off') };
    return peopleForm(
      {
        review: r,
        title: t('review.due.title'),
        kept: keptLine(context, 'due'),
        intro: t('review.due.edit_intro'),
        name: 'due',
        page: view,
        people: view.people.map(({ person, name, kind, removed, exempt }) => ({
          field: `due_${person}`,
          label: name,
          options: kind === 'representative' ? [...categories, off] : categories,
          chosen: removed === 1 ? 'off' : (exempt ?? 'due'),
        })),
        save: button('due_save', t('review.due.save'), { a: 'due_save', r, p }, 'primary'),
        more: button('due_more', t('review.due.more'), { a: 'due_page', r, p: p + 1 }),
      },
      context,
    );
  },
});
