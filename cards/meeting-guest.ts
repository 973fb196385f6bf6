/** What the other branches of the group get of a commitment meeting: the invitation to answer, then the checklist (R70, A18). */
import { z } from 'zod';
import { type Block, type Card, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { GUEST_ITEMS } from '../src/domain/meeting.ts';
import { findGuest, type Guest } from '../src/store/meeting-guests.ts';
import { findMeeting, type Meeting } from '../src/store/meetings.ts';
import { findBranch } from '../src/store/roster.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { readerOf } from './shared/actor.ts';
import { guestAnswerForm, guestChecklistForm, guestSaid } from './shared/guest-forms.ts';
import { agendaLines, meetingTitle, meetingWhen } from './shared/meeting-words.ts';
import { keptLine } from './shared/kept-line.ts';

type Values = Readonly<Partial<Record<string, string>>>;
interface GuestView {
  meeting: Meeting;
  hostName: string;
  guest: Guest;
  typed: Values | null;
}
/** Null for whoever does not run an invited branch. */
export async function loadInvitation(
  id: string,
  typed: Values | null,
  context: CardContext,
): Promise<GuestView | null> {
  const reader = await readerOf(context);
  const meeting = await findMeeting(context.read, id);
  if (reader === null || meeting === null || !runsBranch(reader, reader.branch)) return null;
  const guest = await findGuest(context.read, id, reader.branch);
  const host = await findBranch(context.read, meeting.branch);
  return guest === null || host === null ? null : { meeting, hostName: host.name, guest, typed };
}

export function renderInvitation(view: GuestView, context: RenderContext): Card {
  const { t } = context;
  const { meeting, hostName, guest, typed } = view;
  const said = guestSaid(guest, context);
  const answer = () => [
    keptLine(context, 'guest_answer'),
    guestAnswerForm(guest.who, typed, (c) => ({ a: 'guest_answer', g: meeting.id, c }), context),
  ];
  const items = GUEST_ITEMS.map((item) => [item, t(`meeting.guest.items.${item}`)] as const);
  const body: Block[] =
    meeting.state === 'cancelled'
      ? [text(t('meeting.guest.off'), 'warn')]
      : meeting.state === 'planned'
        ? [...(said === null ? [text(t('meeting.guest.ask'))] : [text(said, 'good')]), ...answer()]
        : [
            ...(guest.checklist === null ? [] : [text(t('meeting.guest.filed'), 'good')]),
            text(t('meeting.guest.check_intro')),
            keptLine(context, 'guest_checklist'),
            guestChecklistForm(
              items,
              guest.checklist,
              guest.remark,
              typed,
              { a: 'guest_check', g: meeting.id },
              context,
            ),
          ];
  return {
    title: t(
      meeting.state === 'planned' || meeting.state === 'cancelled'
        ? 'meeting.guest.title'
        : 'meeting.guest.check_title',
      { branch: hostName },
    ),
    subtitle: meetingTitle(meeting, context),
    tone: meeting.state === 'cancelled' ? 'grey' : 'blue',
    blocks: [
      facts([t('meeting.plan.date'), meetingWhen(meeting, context)], [t('meeting.plan.place'), meeting.place]),
      ...(meeting.state === 'planned' ? [list(agendaLines(meeting, context))] : []),
      ...body,
    ],
  };
}
export const meetingInvitationCard = defineCard({
  name: 'meeting_invitation',
  audience: 'person',
  args: z.object({ meeting: z.string() }),
  view: ({ meeting }, context) => loadInvitation(meeting, null, context),
  render: renderInvitation,
});
