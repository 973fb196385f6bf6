/** The form a leader's visit to a branch is planned with (R69). */
import { button, type Card, type Field, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { z } from 'zod';
import { PLACE_MAX, TITLE_MAX } from '../src/domain/activity.ts';
import { visitableBranches } from '../src/usecases/network/visits.ts';
import { readerOf } from './shared/actor.ts';

/** Branches to choose from; with more, the code is typed. */
const MOST_CHOICES = 50;
const CODE_MAX = 20;

interface VisitFormView {
  branches: readonly { code: string; name: string }[];
  typed: Readonly<Record<string, string>>;
}
/** Null for who plans no visits. */
export async function loadVisitForm(
  typed: VisitFormView['typed'],
  context: CardContext,
): Promise<VisitFormView | null> {
  const reader = await readerOf(context);
  const branches = reader === null ? [] : await visitableBranches(context.read, context.use, reader);
  return branches.length === 0 ? null : { branches, typed };
}
export function renderVisitForm({ branches, typed }: VisitFormView, { t }: RenderContext): Card {
  const initial = (name: string) => (typed[name] ? { initial: typed[name] } : {});
  const branch: Field =
    branches.length <= MOST_CHOICES
      ? {
          kind: 'select',
          name: 'branch',
          label: t('network.visit.branch'),
          options: branches.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
          required: true,
          ...initial('branch'),
        }
      : {
          kind: 'input',
          name: 'branch',
          label: t('network.visit.branch_code'),
          placeholder: t('network.visit.branch_hint'),
          multiline: false,
          maxLength: CODE_MAX,
          required: true,
          ...initial('branch'),
        };
  return {
    title: t('network.visit.title'),
    tone: 'blue',
    blocks: [
      text(t('network.visit.intro')),
      {
        kind: 'form',
        name: 'visit',
        fields: [
          branch,
          {
            kind: 'input',
            name: 'title',
            label: t('network.visit.subject'),
            multiline: false,
            maxLength: TITLE_MAX,
            required: true,
            ...initial('title'),
          },
          { kind: 'date', name: 'date', label: t('network.date'), required: true },
          {
            kind: 'input',
            name: 'place',
            label: t('network.place'),
            multiline: false,
            maxLength: PLACE_MAX,
            required: false,
            ...initial('place'),
          },
        ],
        buttons: [button('submit', t('network.visit.button'), { a: 'visit_plan' }, 'primary')],
      },
    ],
  };
}
export const visitFormCard = defineCard({
  name: 'visit_form',
  audience: 'person',
  args: z.object({}),
  view: (_args, context) => loadVisitForm({}, context),
  render: renderVisitForm,
});
