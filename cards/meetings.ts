/** The register of a branch: what is planned, what was held, which minutes are missing. */
import { z } from 'zod';
import { type Block, button, type Button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { MEETING_KINDS } from '../src/domain/meeting.ts';
import { type Meeting, meetingsOfBranch } from '../src/store/meetings.ts';
import { findBranch } from '../src/store/roster.ts';
import { runsBranch } from '../src/usecases/access.ts';
import { isInvited } from '../src/usecases/meeting/audience.ts';
import { leadersArePublic } from '../src/usecases/meeting/leaders.ts';
import { readerOf } from './shared/actor.ts';
import { meetingTitle, meetingWhen } from './shared/meeting-words.ts';

const READ = 60;
/** Meetings with a button each, and held ones listed. */
const MOST = 12;

interface MeetingsView {
  branchName: string;
  runs: boolean;
  meetings: readonly Meeting[];
  /** Whether leaders' attendance is public (R67). */
  leaders: boolean;
}
const line = (meeting: Meeting, context: RenderContext): string =>
  context.t('meeting.line', {
    when: meetingWhen(meeting, context),
    title: meetingTitle(meeting, context),
    state: context.t(`meeting.states.${meeting.state}`),
  });
const open = (meeting: Meeting, i: number, context: RenderContext): Button =>
  button(`meeting_${i + 1}`, line(meeting, context), { a: 'meeting_show', g: meeting.id });

/** For everybody in the branch; those who run it plan from here. */
export const meetingsCard = defineCard({
  name: 'meetings',
  audience: 'person',
  args: z.object({}),
  async view(_args, context): Promise<MeetingsView | null> {
    const reader = await readerOf(context);
    const branch = reader && (await findBranch(context.read, reader.branch));
    if (!reader || !branch) return null;
    const meetings = (await meetingsOfBranch(context.read, branch.code, READ)).filter((meeting) =>
      isInvited(reader, meeting),
    );
    return {
      branchName: branch.name,
      runs: runsBranch(reader, branch.code),
      meetings,
      leaders: leadersArePublic(context.use),
    };
  },
  render({ branchName, runs, meetings, leaders }, context) {
    const { t } = context;
    const current = meetings.filter(({ state }) => state === 'planned' || state === 'open').slice(0, MOST);
    const held = meetings.filter(({ state }) => state === 'held').slice(0, MOST);
    const owing = runs ? held.filter(({ points }) => points === null) : [];
    const shown = [...current, ...held];
    const blocks: Block[] = [
      ...(owing.length === 0 ? [] : [text(t('meeting.minutes_owed', { n: owing.length }), 'warn')]),
      text(t('meeting.current'), 'strong'),
      current.length === 0 ? text(t('meeting.none'), 'muted') : list(current.map((meeting) => line(meeting, context))),
      ...(held.length === 0 ? [] : [text(t('meeting.held'), 'strong')]),
      ...(shown.length === 0
        ? []
        : [
            {
              kind: 'buttons',
              buttons: shown.map((meeting, i) => open(meeting, i, context)),
              compact: true,
            } satisfies Block,
          ]),
      ...(runs
        ? [
            {
              kind: 'form',
              name: 'meeting_kind',
              fields: [
                {
                  kind: 'select',
                  name: 'kind',
                  label: t('meeting.kind'),
                  options: MEETING_KINDS.map((value) => ({ value, label: t(`meeting.kinds.${value}`) })),
                  required: true,
                },
              ],
              buttons: [button('meeting_new', t('meeting.new'), { a: 'meeting_new' }, 'primary')],
            } satisfies Block,
          ]
        : []),
      ...(leaders
        ? [
            {
              kind: 'buttons',
              buttons: [button('leaders', t('meeting.leaders_button'), { a: 'leaders_show' })],
            } satisfies Block,
          ]
        : []),
    ];
    return { title: t('meeting.register'), subtitle: branchName, tone: owing.length > 0 ? 'orange' : 'blue', blocks };
  },
});
