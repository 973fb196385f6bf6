/** The minutes' form and its reminder; entering who has no telephone at hand. */
import { z } from 'zod';
import { button, buttons, type Button, type Card, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { FOLLOW_UP_MAX, POINTS_MAX } from '../src/domain/meeting.ts';
import { presentAt } from '../src/store/meeting-people.ts';
import { findMeeting, type Meeting } from '../src/store/meetings.ts';
import { peopleOfBranch } from '../src/store/roster.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { isInvited } from '../src/usecases/meeting/audience.ts';
import { readerOf } from './shared/actor.ts';
import { agendaLines, meetingTitle, meetingWhen } from './shared/meeting-words.ts';
import { day } from './shared/when.ts';

type Values = Readonly<Partial<Record<string, string>>>;

async function own(id: string, context: CardContext): Promise<Meeting | null> {
  const reader = await readerOf(context);
  const meeting = await findMeeting(context.read, id);
  return reader !== null && meeting !== null && runsBranch(reader, meeting.branch) ? meeting : null;
}
const toMeeting = ({ id }: Meeting, { t }: RenderContext): Button =>
  button('meeting', t('common.back'), { a: 'meeting_show', g: id });

interface MinutesView {
  meeting: Meeting;
  typed: Values | null;
}
/** Null for whoever does not run the branch of the meeting, or before it was held. */
export async function loadMinutes(id: string, typed: Values | null, context: CardContext): Promise<MinutesView | null> {
  const meeting = await own(id, context);
  return meeting?.state === 'held' ? { meeting, typed } : null;
}
export function renderMinutes({ meeting, typed }: MinutesView, context: RenderContext): Card {
  const { t } = context;
  // The template: the agenda, line by line, to write under.
  const template = agendaLines(meeting, context)
    .map((line) => `${line}${t('common.colon')}`)
    .join('\n');
  const points = typed === null ? (meeting.points ?? template) : (typed.points ?? '');
  const followUp = typed === null ? meeting.followUp : (typed.follow_up ?? '');
  return {
    title: t('meeting.minutes.title', { title: meetingTitle(meeting, context) }),
    subtitle: meetingWhen(meeting, context),
    tone: 'blue',
    blocks: [
      text(t('meeting.minutes.intro')),
      {
        kind: 'form',
        name: 'minutes',
        fields: [
          {
            kind: 'input',
            name: 'points',
            label: t('meeting.minutes.points'),
            multiline: true,
            maxLength: POINTS_MAX,
            required: true,
            ...(points === '' ? {} : { initial: points }),
          },
          {
            kind: 'input',
            name: 'follow_up',
            label: t('meeting.minutes.follow_up'),
            multiline: true,
            maxLength: FOLLOW_UP_MAX,
            required: false,
            ...(followUp === '' ? {} : { initial: followUp }),
          },
        ],
        buttons: [button('submit', t('meeting.minutes.submit'), { a: 'minutes_file', g: meeting.id }, 'primary')],
      },
      buttons(toMeeting(meeting, context)),
    ],
  };
}
/** Says nothing any more once minutes are there. */
export const minutesReminderCard = defineCard({
  name: 'minutes_reminder',
  audience: 'person',
  args: z.object({ meeting: z.string() }),
  async view({ meeting: id }, context): Promise<Meeting | null> {
    const meeting = await own(id, context);
    return meeting?.state === 'held' && meeting.points === null ? meeting : null;
  },
  render: (meeting, context) => ({
    title: context.t('meeting.minutes.title', { title: meetingTitle(meeting, context) }),
    tone: 'orange',
    blocks: [
      text(
        context.t('meeting.minutes.remind', {
          when: meetingWhen(meeting, context),
          date: day(meeting.minutesBy ?? meeting.date, context.locale),
        }),
      ),
      buttons(button('minutes', context.t('meeting.minutes.write'), { a: 'minutes_form', g: meeting.id }, 'primary')),
    ],
  }),
});

/** Names to choose from on one page: an option and its text count as elements. */
const ENTER_PER_PAGE = 60;
interface RegisterView {
  meeting: Meeting;
  present: number;
  missing: readonly { person: string; name: string }[];
  page: number;
}
export const meetingRegisterCard = defineCard({
  name: 'meeting_register',
  audience: 'person',
  args: z.object({ meeting: z.string(), page: z.int().min(0) }),
  async view({ meeting: id, page }, context): Promise<RegisterView | null> {
    const meeting = await own(id, context);
    if (meeting === null) return null;
    const there = new Set((await presentAt(context.read, id)).map(({ person }) => person));
    const missing = (await peopleOfBranch(context.read, meeting.branch)).filter(
      (person) => isInvited(person, meeting) && !there.has(person.employeeNo),
    );
    return {
      meeting,
      present: there.size,
      missing: missing.map(({ employeeNo: person, name }) => ({ person, name })),
      page,
    };
  },
  render({ meeting, present, missing, page }, context) {
    const { t } = context;
    const pages = Math.max(1, Math.ceil(missing.length / ENTER_PER_PAGE));
    const at = Math.min(page, pages - 1);
    const options = missing
      .slice(at * ENTER_PER_PAGE, (at + 1) * ENTER_PER_PAGE)
      .map(({ person, name }) => ({ value: person, label: `${name} ${person}` }));
    return {
      title: t('meeting.enter_title', { title: meetingTitle(meeting, context) }),
      subtitle: t('meeting.enter_count', { n: present }),
      tone: 'blue',
      blocks: [
        text(t('meeting.enter_intro')),
        ...(options.length === 0
          ? [text(t('meeting.enter_all'), 'good')]
          : [
              {
                kind: 'form' as const,
                name: 'attendance',
                fields: [
                  { kind: 'select' as const, name: 'person', label: t('meeting.enter_who'), options, required: true },
                ],
                buttons: [
                  button(
                    'mark_present',
                    t('meeting.enter_submit'),
                    { a: 'meeting_mark', g: meeting.id, p: at },
                    'primary',
                  ),
                ],
              },
            ]),
        buttons(
          ...(pages > 1
            ? [
                button('more', t('meeting.enter_more', { page: at + 1, pages }), {
                  a: 'meeting_register',
                  g: meeting.id,
                  p: (at + 1) % pages,
                }),
              ]
            : []),
          toMeeting(meeting, context),
        ),
      ],
    };
  },
});
