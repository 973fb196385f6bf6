/** The minutes' form and its reminder. */
import { z } from 'zod';
import { button, buttons, type Card, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { FOLLOW_UP_MAX, POINTS_MAX } from '../src/domain/meeting.ts';
import type { Meeting } from '../src/store/meetings.ts';
import { backToMeeting, ownMeeting } from './shared/own-meeting.ts';
import { agendaLines, meetingTitle, meetingWhen } from './shared/meeting-words.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

type Values = Readonly<Partial<Record<string, string>>>;

interface MinutesView {
  meeting: Meeting;
  typed: Values | null;
}
/** Null for whoever does not run the branch of the meeting, or before it was held. */
export async function loadMinutes(id: string, typed: Values | null, context: CardContext): Promise<MinutesView | null> {
  const meeting = await ownMeeting(id, context);
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
      keptLine(context, 'minutes'),
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
      buttons(backToMeeting(meeting, context)),
    ],
  };
}
/** Says nothing any more once minutes are there. */
export const minutesReminderCard = defineCard({
  name: 'minutes_reminder',
  audience: 'person',
  args: z.object({ meeting: z.string() }),
  async view({ meeting: id }, context): Promise<Meeting | null> {
    const meeting = await ownMeeting(id, context);
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
