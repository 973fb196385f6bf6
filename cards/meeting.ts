/** One meeting: what is planned, who was there for those who run it, what was agreed. */
import { z } from 'zod';
import { type Block, button, type Button, facts, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { GUEST_ITEMS } from '../src/domain/meeting.ts';
import { today } from '../src/domain/period.ts';
import { type Guest, guestsOf } from '../src/store/meeting-guests.ts';
import { type Absent, absentAt, presentAt } from '../src/store/meeting-people.ts';
import { findMeeting, type Meeting } from '../src/store/meetings.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { branchSheets } from '../src/usecases/commit/publish.ts';
import { dueAt, isInvited } from '../src/usecases/meeting/audience.ts';
import { readerOf } from './shared/actor.ts';
import { agendaLines, meetingTitle, meetingWhen } from './shared/meeting-words.ts';
import { day } from './shared/when.ts';

interface MeetingView {
  meeting: Meeting;
  runs: boolean;
  due: number;
  /** For those who run the branch; else empty. */
  present: readonly string[];
  presentCount: number;
  /** Excused, for those who run the branch; else empty. */
  absent: readonly Absent[];
  /** Entries are still taken although it is over. */
  late: boolean;
  guests: readonly Guest[];
  /** Approved sheets that wait to be published, at a commitment meeting. */
  approved: number;
}
function runButtons({ meeting, approved, late }: MeetingView, { t }: RenderContext): Button[] {
  const g = meeting.id;
  const cancel = button('meeting_cancel', t('meeting.cancel'), { a: 'meeting_cancel', g }, 'default', {
    title: t('meeting.cancel_sure_title'),
    text: t('meeting.cancel_sure'),
  });
  const enter = button('meeting_register', t('meeting.enter'), { a: 'meeting_register', g, p: 0 });
  switch (meeting.state) {
    case 'planned':
      return [
        button('meeting_open', t('meeting.open_sign_in'), { a: 'meeting_open', g }, 'primary'),
        button('meeting_edit', t('meeting.edit'), { a: 'meeting_edit', g }),
        enter,
        cancel,
      ];
    case 'open':
      return [button('meeting_end', t('meeting.end'), { a: 'meeting_end', g }, 'primary'), enter, cancel];
    case 'held':
      return [
        button(
          'minutes',
          t(meeting.points === null ? 'meeting.minutes.write' : 'meeting.minutes.change'),
          { a: 'minutes_form', g },
          meeting.points === null ? 'primary' : 'default',
        ),
        ...(late ? [enter] : []),
        ...(approved > 0
          ? [button('meeting_publish', t('meeting.publish', { n: approved }), { a: 'meeting_publish', g }, 'primary')]
          : []),
      ];
    case 'cancelled':
      return [];
  }
}
/** What a guest branch answered, and what it saw: yes by number, no by name of the item. */
function guestLine({ name, comes, who, checklist, remark }: Guest, { t }: RenderContext): string {
  const said =
    comes === null
      ? t('meeting.guest.no_answer')
      : comes
        ? t('meeting.guest.comes_line', { who })
        : t('meeting.guest.comes_not');
  if (checklist === null) return t('meeting.guest.line', { name, said });
  const lacking = GUEST_ITEMS.filter((item) => checklist[item] === false).map((item) =>
    t(`meeting.guest.items.${item}`),
  );
  const seen =
    lacking.length === 0
      ? t('meeting.guest.all_yes')
      : t('meeting.guest.lacking', { items: lacking.join(t('common.and')) });
  return t('meeting.guest.line', { name, said: remark === '' ? seen : `${seen} ${remark}` });
}

export const meetingCard = defineCard({
  name: 'meeting',
  audience: 'person',
  args: z.object({ meeting: z.string() }),
  async view({ meeting: id }, context): Promise<MeetingView | null> {
    const reader = await readerOf(context);
    const meeting = await findMeeting(context.read, id);
    if (reader === null || meeting === null || !isInvited(reader, meeting)) return null;
    const runs = runsBranch(reader, meeting.branch);
    const present = await presentAt(context.read, id);
    const waits = runs && meeting.kind === 'commitment_meeting' && meeting.state === 'held';
    return {
      meeting,
      runs,
      due: meeting.due ?? (await dueAt(context.read, meeting)).length,
      present: runs ? present.map(({ name }) => name) : [],
      presentCount: meeting.present ?? present.length,
      absent: runs ? await absentAt(context.read, id) : [],
      late: meeting.state === 'held' && (meeting.minutesBy ?? '') >= today(context.now, context.use.config.timezone),
      guests: runs ? await guestsOf(context.read, id) : [],
      approved: waits
        ? (await branchSheets(context.read, meeting.branch, Number(meeting.date.slice(0, 4)))).approved
        : 0,
    };
  },
  render(view, context) {
    const { t, locale } = context;
    const { meeting, runs, due, present, presentCount, absent, guests } = view;
    const actions = runs ? runButtons(view, context) : [];
    const was = meeting.state === 'open' || meeting.state === 'held';
    const blocks: Block[] = [
      ...(actions.length === 0 ? [] : [{ kind: 'buttons', buttons: actions } satisfies Block]),
      facts(
        [t('meeting.kind'), t(`meeting.kinds.${meeting.kind}`)],
        [t('meeting.plan.date'), meetingWhen(meeting, context)],
        [t('meeting.plan.place'), meeting.place],
        ...(was ? [[t('meeting.count'), `${presentCount} / ${due}`] as const] : []),
        ...(meeting.state === 'held' && meeting.points === null
          ? [[t('meeting.minutes.due'), day(meeting.minutesBy ?? meeting.date, locale)] as const]
          : []),
      ),
      text(t('meeting.agenda'), 'strong'),
      list(agendaLines(meeting, context)),
      ...(guests.length === 0
        ? []
        : [text(t('meeting.guest.guests'), 'strong'), list(guests.map((guest) => guestLine(guest, context)))]),
      ...(present.length === 0 ? [] : [text(t('meeting.present', { names: present.join(t('common.and')) }), 'muted')]),
      ...(absent.length === 0
        ? []
        : [
            text(
              t('meeting.absence.names', {
                names: absent
                  .map(({ name, reason }) => t('meeting.absence.line', { name, reason: t(`review.absence.${reason}`) }))
                  .join(t('common.and')),
              }),
              'muted',
            ),
          ]),
      ...(meeting.points === null ? [] : [text(t('meeting.minutes.points'), 'strong'), text(meeting.points)]),
      ...(meeting.points === null || meeting.followUp === ''
        ? []
        : [text(t('meeting.minutes.follow_up'), 'strong'), text(meeting.followUp)]),
      { kind: 'buttons', buttons: [button('meetings', t('meeting.back'), { a: 'meeting_list' })] },
    ];
    const tone = meeting.state === 'cancelled' ? 'grey' : meeting.state === 'held' ? 'green' : 'blue';
    return { title: meetingTitle(meeting, context), subtitle: t(`meeting.states.${meeting.state}`), tone, blocks };
  },
});
