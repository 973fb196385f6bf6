import { button, type Button } from '../../src/card.ts';
import type { CardContext, RenderContext } from '../../src/card-def.ts';
import { findMeeting, type Meeting } from '../../src/store/meetings.ts';
import { runsBranch } from '../../src/usecases/access.ts';
import { readerOf } from './actor.ts';

/** The meeting, for those who run its branch. */
export async function ownMeeting(id: string, context: CardContext): Promise<Meeting | null> {
  const reader = await readerOf(context);
  const meeting = await findMeeting(context.read, id);
  return reader !== null && meeting !== null && runsBranch(reader, meeting.branch) ? meeting : null;
}
export const backToMeeting = ({ id }: Pick<Meeting, 'id'>, { t }: RenderContext): Button =>
  button('meeting', t('common.back'), { a: 'meeting_show', g: id });
