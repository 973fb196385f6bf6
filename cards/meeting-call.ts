/** What the branch chat sees of a meeting: the notice, the sign-in, and leaders' attendance of the year. */
import { attendedTitle } from '../src/attended-title.ts';
import { z } from 'zod';
import { type Block, button, buttons, facts, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { findMeeting, type Meeting } from '../src/store/meetings.ts';
import { leadersBoardLink } from '../src/usecases/board-link.ts';
import { type LeadersYear, leadersYear } from '../src/usecases/meeting/leaders.ts';
import { fittingRows } from './shared/fitting-rows.ts';
import { agendaLines, meetingTitle, meetingWhen } from './shared/meeting-words.ts';
import { day } from './shared/when.ts';

export const meetingCallCard = defineCard({
  name: 'meeting_call',
  audience: 'any',
  args: z.object({ meeting: z.string() }),
  view: ({ meeting }, { read }) => findMeeting(read, meeting),
  render(meeting, context) {
    const { t } = context;
    const off = meeting.state === 'cancelled';
    return {
      title: t(off ? 'meeting.call_off' : 'meeting.call', { title: meetingTitle(meeting, context) }),
      tone: off ? 'grey' : 'blue',
      blocks: [
        ...(off || meeting.version === 0 ? [] : [text(t('meeting.call_changed'), 'warn')]),
        facts([t('meeting.plan.date'), meetingWhen(meeting, context)], [t('meeting.plan.place'), meeting.place]),
        ...(off ? [] : [text(t('meeting.agenda'), 'strong'), list(agendaLines(meeting, context))]),
      ],
    };
  },
});

/** Whoever taps it sees only a toast. */
export const meetingSignInCard = defineCard({
  name: 'meeting_sign_in',
  audience: 'any',
  args: z.object({ meeting: z.string() }),
  async view({ meeting: id }, { read }): Promise<Meeting | null> {
    const meeting = await findMeeting(read, id);
    return meeting === null || meeting.state === 'cancelled' ? null : meeting;
  },
  render: (meeting, context) => ({
    title: meetingTitle(meeting, context),
    tone: 'blue',
    blocks: [
      text(context.t('meeting.sign_in_intro', { when: meetingWhen(meeting, context), place: meeting.place })),
      buttons(
        button(
          'meeting_sign_in',
          context.t('review.sign_in.button'),
          { a: 'meeting_sign_in', g: meeting.id },
          'primary',
        ),
      ),
    ],
  }),
});

interface LeadersView extends LeadersYear {
  boardLink: string;
}
/** Names and dates of leaders only, of what they were at; nothing about what they were not (A47, F12). */
export const leaderAttendanceCard = defineCard({
  name: 'leader_attendance',
  audience: 'any',
  args: z.object({ branch: z.string(), year: z.int() }),
  async view({ branch, year }, { use, read }): Promise<LeadersView | null> {
    const known = await leadersYear(read, use, branch, year);
    return known === null ? null : { ...known, boardLink: await leadersBoardLink(use, branch, year) };
  },
  render({ branchName, year, rows, boardLink }, context) {
    const { t, locale } = context;
    const { shown, left } = fittingRows(
      rows.map((row) => ({ name: row.name, date: day(row.date, locale), what: attendedTitle(row, context.t) })),
    );
    const table: Block = {
      kind: 'table',
      pageSize: 10,
      columns: [
        { key: 'name', label: t('meeting.leader'), kind: 'text' },
        { key: 'date', label: t('meeting.plan.date'), kind: 'text' },
        { key: 'what', label: t('meeting.what_held'), kind: 'text' },
      ],
      rows: shown,
    };
    return {
      title: t('meeting.leaders_title', { year }),
      subtitle: branchName,
      tone: 'blue',
      blocks: [
        ...(rows.length === 0 ? [text(t('meeting.leaders_none'), 'muted')] : [table]),
        ...(left > 0 ? [text(t('meeting.leaders_more', { n: left }), 'muted')] : []),
        buttons({ name: 'board', label: t('meeting.leaders_board'), style: 'default', link: boardLink }),
      ],
    };
  },
});
