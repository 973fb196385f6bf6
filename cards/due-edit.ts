import { z } from 'zod';
import { button, type Field } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { ABSENCE_REASONS } from '../src/domain/absence.ts';
import { type DueEntry, dueList } from '../src/store/due.ts';
import { keptLine } from './shared/kept-line.ts';

/** People a page: 12 selects of seven options stay under the platform's element limit. */
const PAGE = 12;

interface DueEditView {
  review: string;
  page: number;
  pages: number;
  entries: readonly DueEntry[];
}

/** The due list as a form: `due_<employee_no>` = `due`, a category of absence, or `off` for a colleague. */
export const dueEditCard = defineCard({
  name: 'due_edit',
  audience: 'person',
  args: z.object({ review: z.string(), page: z.coerce.number().int().min(0) }),
  async view({ review, page }, { read }): Promise<DueEditView | null> {
    const all = await dueList(read, review);
    const pages = Math.max(1, Math.ceil(all.length / PAGE));
    const shown = Math.min(page, pages - 1);
    return { review, page: shown, pages, entries: all.slice(shown * PAGE, shown * PAGE + PAGE) };
  },
  render({ review: r, page: p, pages, entries }, context) {
    const { t } = context;
    const options = (entry: DueEntry) => [
      { value: 'due', label: t('review.due.counted') },
      ...ABSENCE_REASONS.map((reason) => ({ value: reason, label: t(`review.absence.${reason}`) })),
      ...(entry.kind === 'representative' ? [{ value: 'off', label: t('review.due.take_off') }] : []),
    ];
    return {
      title: t('review.due.title'),
      subtitle: `${p + 1} / ${pages}`,
      tone: 'blue',
      blocks: [
        keptLine(context, 'due'),
        {
          kind: 'form',
          name: 'due',
          fields: [
            { kind: 'text', text: t('review.due.edit_intro') },
            ...entries.map(
              (entry): Field => ({
                kind: 'select',
                name: `due_${entry.person}`,
                label: entry.name,
                options: options(entry),
                initial: entry.removed === 1 ? 'off' : (entry.exempt ?? 'due'),
                required: false,
              }),
            ),
          ],
          buttons: [
            button('due_save', t('review.due.save'), { a: 'due_save', r, p }, 'primary'),
            ...(p + 1 < pages ? [button('due_more', t('review.due.more'), { a: 'due_page', r, p: p + 1 })] : []),
          ],
        },
        { kind: 'buttons', buttons: [button('console', t('common.back'), { a: 'console', r })] },
      ],
    };
  },
});
