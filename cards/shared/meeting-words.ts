import type { RenderContext } from '../../src/card-def.ts';
import { type MeetingKind, meetingKindSchema, openingOf } from '../../src/domain/meeting.ts';
import { periodName } from '../../src/period-name.ts';
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

/** What somebody was at, without the date. */
export function attendedTitle({ what, title, kind }: Omit<Attended, 'absent'>, { t }: RenderContext): string {
  if (what === 'guest') return t('meeting.review_guest.attended', { branch: kind, period: periodName(t, title) });
  if (what === 'review') return t('meeting.attended_review', { period: periodName(t, title) });
  return title === '' ? kindName(kind, t) : title;
}
const kindName = (kind: string, t: RenderContext['t']): string => {
  const known = meetingKindSchema.safeParse(kind);
  return known.success ? t(`meeting.kinds.${known.data}`) : '';
};
export const attendedLine = (attended: Attended, context: RenderContext): string =>
  context
    .t('meeting.attended_line', {
      date: attended.date === '' ? '' : day(attended.date, context.locale),
      what: attendedWhat(attended, context),
    })
    .trim();
function attendedWhat(attended: Attended, context: RenderContext): string {
  const what = attendedTitle(attended, context);
  if (attended.absent === null) return what;
  return context.t('meeting.absence.line', { name: what, reason: context.t(`review.absence.${attended.absent}`) });
}
