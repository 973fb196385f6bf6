/** Gaps of the roster as they are now, for whoever can see them closed (J3). */
import { z } from 'zod';
import { list, text } from '../src/card.ts';
import { type CardContext, defineCard } from '../src/card-def.ts';
import { type Gap, gapText } from '../src/roster/gaps.ts';
import { findBranch, findDistrict } from '../src/store/roster.ts';
import { has, isOffice, runsBranch } from '../src/usecases/access.ts';
import { type GapScope, gapsFor } from '../src/usecases/scheme/roster-check.ts';
import { readerOf } from './shared/actor.ts';

const GAPS_SHOWN = 15;
interface View {
  scope: GapScope['scope'];
  name: string;
  gaps: readonly Gap[];
}
const place = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('branch'), code: z.string(), year: z.int() }),
  z.object({ scope: z.literal('district'), code: z.string(), year: z.int() }),
  z.object({ scope: z.literal('city'), code: z.literal(''), year: z.int() }),
]);
/** The post may have changed hands since the card was written. */
async function isFor(where: GapScope, context: CardContext): Promise<boolean> {
  const reader = await readerOf(context);
  if (reader === null) return false;
  if (where.scope === 'city') return isOffice(context.use, reader);
  return where.scope === 'branch' ? runsBranch(reader, where.code) : has(reader, 'liaison', where.code);
}
async function nameOf({ scope, code }: GapScope, { read }: CardContext): Promise<string> {
  if (scope === 'city') return '';
  return (scope === 'branch' ? await findBranch(read, code) : await findDistrict(read, code))?.name ?? code;
}

export const rosterGapsCard = defineCard({
  name: 'roster_gaps',
  audience: 'person',
  args: place,
  async view({ year, ...where }, context): Promise<View | null> {
    if (!(await isFor(where, context))) return null;
    return {
      scope: where.scope,
      name: await nameOf(where, context),
      gaps: await gapsFor(context.read, context.use, year, where),
    };
  },
  render({ scope, name, gaps }, { t }) {
    if (gaps.length === 0) return { title: t('rules.gaps.title'), tone: 'green', blocks: [text(t('rules.gaps.none'))] };
    const left = gaps.length - GAPS_SHOWN;
    return {
      title: t('rules.gaps.title'),
      tone: 'orange',
      blocks: [
        text(t(`rules.gaps.intro.${scope}`, { name, n: gaps.length })),
        list(gaps.slice(0, GAPS_SHOWN).map((gap) => gapText(gap, t))),
        ...(left > 0 ? [text(t('rules.gaps.more', { n: left }), 'muted')] : []),
        text(t(`rules.gaps.next.${scope}`), 'strong'),
      ],
    };
  },
});
