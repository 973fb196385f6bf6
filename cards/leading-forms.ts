/** The forms of a leading group's register: a meeting that was held, a piece of evidence of the five sames. */
import { button, buttons, type Card, type Field, text } from '../src/card.ts';
import type { RenderContext } from '../src/card-def.ts';
import { DECIDED_MAX, EVIDENCE_MAX, REFERENCE_MAX, SAMES, TOPIC_MAX } from '../src/domain/leading-group.ts';
import { initialDate } from './shared/event-fields.ts';
import { keptLine } from './shared/kept-line.ts';

type Values = Readonly<Partial<Record<string, string>>>;
const initial = (typed: Values, name: string) => (typed[name] ? { initial: typed[name] } : {});
const form = (
  title: string,
  intro: string,
  name: string,
  fields: readonly Field[],
  action: { a: 'leading_meeting_add' | 'leading_evidence_add' },
  context: RenderContext,
): Card => ({
  title,
  tone: 'blue',
  blocks: [
    text(intro),
    keptLine(context, 'leading'),
    { kind: 'form', name, fields, buttons: [button('submit', context.t('leading.save'), action, 'primary')] },
    buttons(button('leading', context.t('common.back'), { a: 'leading_show' })),
  ],
});
/** @param typed what was refused; empty on a new form */
export const renderLeadingMeetingForm = (typed: Values, context: RenderContext): Card =>
  form(
    context.t('leading.add_meeting'),
    context.t('leading.meeting_intro'),
    'leading_meeting',
    [
      { kind: 'date', name: 'date', label: context.t('leading.date'), required: true, ...initialDate(typed.date) },
      {
        kind: 'input',
        name: 'topic',
        label: context.t('leading.topic'),
        multiline: false,
        maxLength: TOPIC_MAX,
        required: true,
        ...initial(typed, 'topic'),
      },
      {
        kind: 'input',
        name: 'decided',
        label: context.t('leading.decided'),
        multiline: true,
        maxLength: DECIDED_MAX,
        required: true,
        ...initial(typed, 'decided'),
      },
    ],
    { a: 'leading_meeting_add' },
    context,
  );
/** @param typed what was refused; empty on a new form */
export const renderEvidenceForm = (typed: Values, context: RenderContext): Card =>
  form(
    context.t('leading.add_evidence'),
    context.t('leading.evidence_intro'),
    'five_same',
    [
      {
        kind: 'select',
        name: 'same',
        label: context.t('leading.same'),
        options: SAMES.map((value) => ({ value, label: context.t(`leading.sames.${value}`) })),
        required: true,
        ...(SAMES.some((same) => same === typed.same) ? initial(typed, 'same') : {}),
      },
      {
        kind: 'input',
        name: 'text',
        label: context.t('leading.evidence'),
        multiline: true,
        maxLength: EVIDENCE_MAX,
        required: true,
        ...initial(typed, 'text'),
      },
      {
        kind: 'input',
        name: 'reference',
        label: context.t('leading.reference'),
        placeholder: context.t('leading.reference_hint'),
        multiline: false,
        maxLength: REFERENCE_MAX,
        required: true,
        ...initial(typed, 'reference'),
      },
    ],
    { a: 'leading_evidence_add' },
    context,
  );
