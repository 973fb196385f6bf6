/** The form a meeting is planned with: the agenda of its kind stands in it, to be changed. */
import { button, type Card, type Field, text } from '../src/card.ts';
import type { CardContext, RenderContext } from '../src/card-def.ts';
import { AGENDA_MAX, type MeetingKind, OPENINGS, openingOf, PLACE_MAX, TITLE_MAX } from '../src/domain/meeting.ts';
import { findMeeting } from '../src/store/meetings.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { schemeNow } from '../src/usecases/scheme/year-schemes.ts';
import { readerOf } from './shared/actor.ts';
import { initialDate } from './shared/event-fields.ts';

type Values = Readonly<Partial<Record<string, string>>>;
interface PlanView {
  kind: MeetingKind;
  /** Set when a planned meeting is changed. */
  id: string | null;
  /** What is planned, or was typed and refused; null on a new form. */
  values: Values | null;
  noticeDays: number;
}
/** Null for whoever does not run the branch of the meeting. */
export async function loadMeetingPlan(
  kind: MeetingKind,
  id: string | null,
  typed: Values | null,
  context: CardContext,
): Promise<PlanView | null> {
  const reader = await readerOf(context);
  if (reader === null || !runsBranch(reader, reader.branch)) return null;
  const noticeDays = schemeNow(context.use, context.now).rules.meeting.notice_working_days;
  if (id === null) return { kind, id, values: typed, noticeDays };
  const meeting = await findMeeting(context.read, id);
  if (meeting === null || meeting.branch !== reader.branch) return null;
  const { title, date, time, place, agenda } = meeting;
  const planned: Record<string, string> = {
    title,
    date,
    time,
    place,
    agenda: agenda.filter((line) => openingOf(line) === null).join('\n'),
  };
  const on = new Set(agenda.map(openingOf));
  for (const opening of OPENINGS) planned[opening] = on.has(opening) ? 'on' : 'off';
  return { kind: meeting.kind, id, values: typed ?? planned, noticeDays };
}

export function renderMeetingPlan({ kind, id, values, noticeDays }: PlanView, { t }: RenderContext): Card {
  const initial = (name: string, otherwise = '') => {
    const value = values === null ? otherwise : (values[name] ?? '');
    return value === '' ? {} : { initial: value };
  };
  const input = (name: 'title' | 'time' | 'place', maxLength: number, required: boolean): Field => ({
    kind: 'input',
    name,
    label: t(`meeting.plan.${name}`),
    placeholder: t(`meeting.plan.${name}_hint`),
    multiline: false,
    maxLength,
    required,
    ...initial(name),
  });
  const openings: Field[] =
    kind === 'commitment_meeting'
      ? OPENINGS.map((name) => ({
          kind: 'select',
          name,
          label: t(`meeting.opening.${name}`),
          options: (['on', 'off'] as const).map((value) => ({ value, label: t(`meeting.plan.${value}`) })),
          required: true,
          ...initial(name, 'on'),
        }))
      : [];
  return {
    title: t(id === null ? 'meeting.plan.form' : 'meeting.plan.form_change', { kind: t(`meeting.kinds.${kind}`) }),
    tone: 'blue',
    blocks: [
      text(t('meeting.plan.intro', { n: noticeDays })),
      ...(kind === 'commitment_meeting' ? [text(t('meeting.plan.intro_commitment'))] : []),
      {
        kind: 'form',
        name: 'meeting',
        fields: [
          input('title', TITLE_MAX, false),
          {
            kind: 'date',
            name: 'date',
            label: t('meeting.plan.date'),
            required: true,
            ...initialDate(values?.date),
          },
          input('time', 5, true),
          input('place', PLACE_MAX, true),
          ...openings,
          {
            kind: 'input',
            name: 'agenda',
            label: t('meeting.plan.agenda'),
            multiline: true,
            maxLength: AGENDA_MAX,
            required: true,
            ...initial('agenda', t(`meeting.agendas.${kind}`)),
          },
        ],
        buttons: [
          button(
            'submit',
            t(id === null ? 'meeting.plan.submit' : 'meeting.plan.change'),
            { a: 'meeting_plan', k: kind, ...(id === null ? {} : { g: id }) },
            'primary',
          ),
        ],
      },
      { kind: 'buttons', buttons: [button('meetings', t('common.back'), { a: 'meeting_list' })] },
    ],
  };
}
