/** What the other branches of the group get of a commitment meeting: the invitation to answer, then the checklist (R70, A18). */
import { z } from 'zod';
import { type Block, button, type Card, facts, list, text } from '../src/card.ts';
import { type CardContext, defineCard, type RenderContext } from '../src/card-def.ts';
import { GUEST_ITEMS, REMARK_MAX, WHO_MAX } from '../src/domain/meeting.ts';
import { findGuest, type Guest } from '../src/store/meeting-guests.ts';
import { findMeeting, type Meeting } from '../src/store/meetings.ts';
import { findBranch } from '../src/store/roster.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { readerOf } from './shared/actor.ts';
import { agendaLines, meetingTitle, meetingWhen } from './shared/meeting-words.ts';

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

function answerForm({ meeting, guest, typed }: GuestView, { t }: RenderContext): Block {
  const who = typed === null ? guest.who : (typed.who ?? '');
  return {
    kind: 'form',
    name: 'guest_answer',
    fields: [
      {
        kind: 'input',
        name: 'who',
        label: t('meeting.guest.who'),
        placeholder: t('meeting.guest.who_hint'),
        multiline: false,
        maxLength: WHO_MAX,
        required: false,
        ...(who === '' ? {} : { initial: who }),
      },
    ],
    buttons: [
      button('guest_come', t('meeting.guest.come'), { a: 'guest_answer', g: meeting.id, c: 1 }, 'primary'),
      button('guest_decline', t('meeting.guest.decline'), { a: 'guest_answer', g: meeting.id, c: 0 }),
    ],
  };
}
function checklistForm({ meeting, guest, typed }: GuestView, { t }: RenderContext): Block {
  const known = (item: (typeof GUEST_ITEMS)[number]): string => {
    if (typed !== null) return typed[`item_${item}`] ?? '';
    const seen = guest.checklist?.[item];
    return seen === undefined ? '' : seen ? 'yes' : 'no';
  };
  const remark = typed === null ? guest.remark : (typed.remark ?? '');
  return {
    kind: 'form',
    name: 'guest_checklist',
    fields: [
      ...GUEST_ITEMS.map((item) => ({
        kind: 'select' as const,
        name: `item_${item}`,
        label: t(`meeting.guest.items.${item}`),
        options: [
          { value: 'yes', label: t('common.yes') },
          { value: 'no', label: t('common.no') },
        ],
        required: true,
        ...(known(item) === 'yes' || known(item) === 'no' ? { initial: known(item) } : {}),
      })),
      {
        kind: 'input',
        name: 'remark',
        label: t('meeting.guest.remark'),
        multiline: true,
        maxLength: REMARK_MAX,
        required: false,
        ...(remark === '' ? {} : { initial: remark }),
      },
    ],
    buttons: [
      button(
        'submit',
        t(guest.checklist === null ? 'meeting.guest.file' : 'meeting.guest.change'),
        { a: 'guest_check', g: meeting.id },
        'primary',
      ),
    ],
  };
}

export function renderInvitation(view: GuestView, context: RenderContext): Card {
  const { t } = context;
  const { meeting, hostName, guest } = view;
  const said =
    guest.comes === null
      ? null
      : guest.comes
        ? t('meeting.guest.you_come', { who: guest.who })
        : t('meeting.guest.you_come_not');
  const body: Block[] =
    meeting.state === 'cancelled'
      ? [text(t('meeting.guest.off'), 'warn')]
      : meeting.state === 'planned'
        ? [...(said === null ? [text(t('meeting.guest.ask'))] : [text(said, 'good')]), answerForm(view, context)]
        : [
            ...(guest.checklist === null ? [] : [text(t('meeting.guest.filed'), 'good')]),
            text(t('meeting.guest.check_intro')),
            checklistForm(view, context),
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
