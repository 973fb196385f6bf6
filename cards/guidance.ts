/** Guidance of the work committee: the office's form, what secretaries read, and who has read it, by branch. */
import { z } from 'zod';
import { button, buttons, type Card, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { findGuidance, type Guidance, unreadBranches } from '../src/store/guidance.ts';
import { allBranches, findPerson } from '../src/store/roster.ts';
import { has, isOffice, onCommittee } from '../src/usecases/access.ts';
import { GUIDANCE_MAX, quarterOf } from '../src/usecases/network/guidance.ts';
import { periodName } from '../src/period-name.ts';
import { initialDate } from './shared/event-fields.ts';
import { day } from './shared/when.ts';
import { keptLine } from './shared/kept-line.ts';

interface FormView {
  period: string;
  typed: Readonly<Record<string, string>>;
}
/** The form; `typed` brings back what was refused. */
export function renderGuidanceForm({ period, typed }: FormView, context: RenderContext): Card {
  const { t } = context;
  return {
    title: t('network.guidance_form_title', { period: periodName(t, period) }),
    tone: 'blue',
    blocks: [
      text(t('network.guidance_form_intro')),
      keptLine(context, 'guidance'),
      {
        kind: 'form',
        name: 'guidance',
        fields: [
          {
            kind: 'input',
            name: 'text',
            label: t('network.guidance_text'),
            multiline: true,
            maxLength: GUIDANCE_MAX,
            required: true,
            ...(typed.text ? { initial: typed.text } : {}),
          },
          { kind: 'date', name: 'due', label: t('network.guidance_due'), required: false, ...initialDate(typed.due) },
        ],
        buttons: [
          button('submit', t('network.guidance_send'), { a: 'guidance_publish' }, 'primary', {
            title: t('network.guidance_sure_title'),
            text: t('network.guidance_sure'),
          }),
        ],
      },
    ],
  };
}
export const guidanceFormCard = defineCard({
  name: 'guidance_form',
  audience: 'person',
  args: z.object({}),
  view: async (_args, { use, now }): Promise<FormView> => ({ period: quarterOf(use, now), typed: {} }),
  render: renderGuidanceForm,
});

interface GuidanceView {
  guidance: Guidance;
  /** Whether the reader's branch has said that it has read it; null for somebody who need not. */
  read: boolean | null;
}
export const guidanceCard = defineCard({
  name: 'guidance',
  audience: 'person',
  args: z.object({ guidance: z.string() }),
  async view({ guidance: id }, { read, viewer }): Promise<GuidanceView | null> {
    const guidance = await findGuidance(read, id);
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (guidance === null || person === null) return null;
    const owes = person.leftOn === null && onCommittee({ ...person, leftOn: null }, person.branch);
    const unread = new Set((await unreadBranches(read, id)).map((branch) => branch.code));
    return { guidance, read: owes ? !unread.has(person.branch) : null };
  },
  render({ guidance, read }, { t, locale }) {
    return {
      title: t('network.guidance_title', { period: periodName(t, guidance.period) }),
      tone: read === false ? 'orange' : 'blue',
      blocks: [
        text(guidance.body),
        ...(guidance.due === null
          ? []
          : [text(t('network.guidance_by', { date: day(guidance.due, locale) }), 'strong')]),
        ...(read === false
          ? [
              buttons(
                button('guidance_read', t('network.guidance_read'), { a: 'guidance_read', g: guidance.id }, 'primary'),
              ),
            ]
          : []),
        ...(read === true ? [text(t('network.guidance_was_read'), 'good')] : []),
      ],
    };
  },
});

/** Branches named on the card; of the others, how many. */
const NAMED = 40;
function unreadNames(unread: readonly string[], t: RenderContext['t']): string {
  const names = unread.slice(0, NAMED).join(t('common.and'));
  return unread.length > NAMED ? t('network.and_more', { names, n: unread.length - NAMED }) : names;
}

interface ReceiptsView {
  guidance: Guidance;
  all: number;
  unread: readonly string[];
}
/** For the office and, within their district, for liaison officers. */
export const guidanceReceiptsCard = defineCard({
  name: 'guidance_receipts',
  audience: 'person',
  args: z.object({ guidance: z.string() }),
  async view({ guidance: id }, { use, read, viewer }): Promise<(ReceiptsView & { mayWrite: boolean }) | null> {
    const guidance = await findGuidance(read, id);
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (guidance === null || person === null || person.leftOn !== null) return null;
    const actor = { ...person, leftOn: null };
    const office = isOffice(use, actor);
    const mine = (district: string) => office || has(actor, 'liaison', district);
    const branches = (await allBranches(read)).filter((branch) => mine(branch.district));
    const unread = (await unreadBranches(read, id))
      .filter((branch) => mine(branch.district))
      .map((branch) => `${branch.code} ${branch.name}`);
    return { guidance, all: branches.length, unread, mayWrite: office };
  },
  render({ guidance, all, unread, mayWrite }, { t, locale }) {
    return {
      title: t('network.guidance_title', { period: periodName(t, guidance.period) }),
      tone: unread.length === 0 ? 'green' : 'blue',
      blocks: [
        text(guidance.body),
        ...(guidance.due === null
          ? []
          : [text(t('network.guidance_by', { date: day(guidance.due, locale) }), 'strong')]),
        { kind: 'progress', label: t('network.guidance_receipts'), done: all - unread.length, of: all },
        ...(unread.length === 0
          ? []
          : [text(t('network.guidance_unread', { names: unreadNames(unread, t) }), 'muted')]),
        ...(mayWrite ? [buttons(button('guidance_new', t('network.guidance_new'), { a: 'guidance_new' }))] : []),
      ],
    };
  },
});
