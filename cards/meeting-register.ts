/** The secretary enters who came without a telephone, and who is excused and why, by category only (F13, F21). */
import { z } from 'zod';
import { type Block, button, buttons, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { ABSENCE_REASONS } from '../src/domain/absence.ts';
import { type Absent, absentAt, presentAt } from '../src/store/meeting-people.ts';
import type { Meeting } from '../src/store/meetings.ts';
import { peopleOfBranch } from '../src/store/roster.ts';
import { isInvited } from '../src/usecases/meeting/audience.ts';
import { meetingTitle } from './shared/meeting-words.ts';
import { backToMeeting, ownMeeting } from './shared/own-meeting.ts';

/** Names to choose from on one page: an option and its text count as elements. */
const ENTER_PER_PAGE = 54;
interface RegisterView {
  meeting: Meeting;
  present: number;
  /** Not signed in; those excused included. */
  missing: readonly { person: string; name: string }[];
  absent: readonly Absent[];
  page: number;
}
type Options = readonly { value: string; label: string }[];

/** One form, because not every platform has two on a card. */
const form = ({ id: g, state }: Meeting, options: Options, p: number, { t }: RenderContext): Block => ({
  kind: 'form',
  name: 'attendance',
  fields: [
    { kind: 'select', name: 'person', label: t('meeting.enter_who'), options, required: true },
    {
      kind: 'select',
      name: 'reason',
      label: t('meeting.absence.reason'),
      options: [
        ...ABSENCE_REASONS.map((reason) => ({ value: reason, label: t(`review.absence.${reason}`) })),
        { value: 'none', label: t('meeting.absence.take_back') },
      ],
      required: false,
    },
  ],
  buttons: [
    ...(state === 'planned'
      ? []
      : [button('mark_present', t('meeting.enter_submit'), { a: 'meeting_mark', g, p }, 'primary')]),
    button('mark_absent', t('meeting.absence.submit'), { a: 'meeting_absent', g, p }),
  ],
});

export const meetingRegisterCard = defineCard({
  name: 'meeting_register',
  audience: 'person',
  args: z.object({ meeting: z.string(), page: z.int().min(0) }),
  async view({ meeting: id, page }, context): Promise<RegisterView | null> {
    const meeting = await ownMeeting(id, context);
    if (meeting === null) return null;
    const there = new Set((await presentAt(context.read, id)).map(({ person }) => person));
    const missing = (await peopleOfBranch(context.read, meeting.branch)).filter(
      (person) => isInvited(person, meeting) && !there.has(person.employeeNo),
    );
    return {
      meeting,
      present: there.size,
      missing: missing.map(({ employeeNo: person, name }) => ({ person, name })),
      absent: await absentAt(context.read, id),
      page,
    };
  },
  render({ meeting, present, missing, absent, page }, context) {
    const { t } = context;
    const pages = Math.max(1, Math.ceil(missing.length / ENTER_PER_PAGE));
    const at = Math.min(page, pages - 1);
    const options = missing
      .slice(at * ENTER_PER_PAGE, (at + 1) * ENTER_PER_PAGE)
      .map(({ person, name }) => ({ value: person, label: `${name} ${person}` }));
    const more = () =>
      button('more', t('meeting.enter_more', { page: at + 1, pages }), {
        a: 'meeting_register',
        g: meeting.id,
        p: (at + 1) % pages,
      });
    return {
      title: t('meeting.enter_title', { title: meetingTitle(meeting, context) }),
      subtitle: t('meeting.enter_count', { n: present }),
      tone: 'blue',
      blocks: [
        text(t('meeting.enter_intro')),
        options.length === 0 ? text(t('meeting.enter_all'), 'good') : form(meeting, options, at, context),
        ...(absent.length === 0
          ? []
          : [
              text(t('meeting.absence.excused'), 'strong'),
              list(
                absent.map(({ name, reason }) =>
                  t('meeting.absence.line', { name, reason: t(`review.absence.${reason}`) }),
                ),
              ),
            ]),
        buttons(...(pages > 1 ? [more()] : []), backToMeeting(meeting, context)),
      ],
    };
  },
});
