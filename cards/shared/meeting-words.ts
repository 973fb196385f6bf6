import { attendedTitle } from '../../src/attended-title.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { type MeetingKind, openingOf } from '../../src/domain/meeting.ts';
import type { Attended } from '../../src/store/meeting-people.ts';
import type { Meeting } from '../../src/store/meetings.ts';
import { day } from './when.ts';

/** What a meeting is called: its own name, else that of its kind. */
export const meetingTitle = ({ title, kind }: { title: string; kind: MeetingKind }, { t }: RenderContext): string =>
  title === '' ? t(`meeting.kinds.${kind}`) : title;
export const agendaLines = ({ agenda }: Pick<Meeting, 'agenda'>, { t }: RenderContext): string[] =>
  agenda.map((line) => {
    const opening = openingOf(line);
    return opening === null ? line : t(`meeting.opening.${opening}`);
  });
export const meetingWhen = ({ date, time }: Pick<Meeting, 'date' | 'time'>, { locale }: RenderContext): string =>
  `${day(date, locale)} ${time}`;

export const attendedLine = (attended: Attended, context: RenderContext): string =>
  context
    .t('meeting.attended_line', {
      date: attended.date === '' ? '' : day(attended.date, context.locale),
      what: attendedWhat(attended, context),
    })
    .trim();
function attendedWhat(attended: Attended, context: RenderContext): string {
  const what = attendedTitle(attended, context.t);
  if (attended.absent === null) return what;
  return context.t('meeting.absence.line', { name: what, reason: context.t(`review.absence.${attended.absent}`) });
}
