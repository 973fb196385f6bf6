/** The form a leader's visit to a branch is planned with (R69). */
import { button, type Card, type Field, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { z } from 'zod';
import { visitableBranches } from '../src/usecases/network/visits.ts';
import { readerOf } from './shared/actor.ts';
import { eventFields, initialOf } from './shared/event-fields.ts';
import { keptLine } from './shared/kept-line.ts';

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
export function renderVisitForm({ branches, typed }: VisitFormView, context: RenderContext): Card {
  const { t } = context;
  const initial = initialOf(typed);
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
      keptLine(context, 'activity'),
      {
        kind: 'form',
        name: 'visit',
        fields: [branch, ...eventFields(t, t('network.visit.subject'), typed)],
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
