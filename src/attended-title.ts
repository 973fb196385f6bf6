import { meetingKindSchema } from './domain/meeting.ts';
import type { Translate } from './i18n.ts';
import { periodName } from './period-name.ts';
import type { Attended } from './store/meeting-people.ts';

/** What somebody was at, without the date. */
export function attendedTitle({ what, title, kind }: Omit<Attended, 'absent'>, t: Translate): string {
  if (what === 'guest') return t('meeting.review_guest.attended', { branch: kind, period: periodName(t, title) });
  if (what === 'review') return t('meeting.attended_review', { period: periodName(t, title) });
  if (title !== '') return title;
  const known = meetingKindSchema.safeParse(kind);
  return known.success ? t(`meeting.kinds.${known.data}`) : '';
}
