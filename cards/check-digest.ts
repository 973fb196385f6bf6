/** Monday's results of the weekly check: digest to the secretary, a quiet word to who missed two weeks. */
import { z } from 'zod';
import { type Block, button, type Button, list, text } from '../src/card.ts';
import { defineCard, type RenderContext } from '../src/card-def.ts';
import { periodName } from '../src/period-name.ts';
import { checkDigest, type CheckDigest } from '../src/usecases/commit/check-close.ts';
import { type YearStep, yearSteps } from '../src/usecases/year/steps.ts';
import { readerOf } from './shared/actor.ts';
import { yearStepBlocks } from './shared/year-steps.ts';

/** Characters of lines on one page; a line of the longest task, note and name is about 250. */
const PAGE_CHARS = 2_600;
const NAMES_PER_LINE = 20;

type Section = 'digest_help' | 'digest_notes' | 'digest_answered' | 'digest_missing';
interface Line {
  section: Section;
  text: string;
}
export interface DigestView extends CheckDigest {
  week: string;
  page: number;
  /** What the reader has to do next in the year. */
  steps: readonly YearStep[];
}

/** Every line of the digest: who needs help first, then notes, then who answered and who did not. */
function linesOf(view: DigestView, { t }: RenderContext): Line[] {
  const entry =
    (section: Section) =>
    (it: CheckDigest['notes'][number]): Line => ({
      section,
      text: it.note === '' ? t('commit.digest_line', it) : t('commit.digest_line_note', it),
    });
  const names = (section: Section, all: readonly string[]): Line[] =>
    Array.from({ length: Math.ceil(all.length / NAMES_PER_LINE) }, (_, i) => ({
      section,
      text: all.slice(i * NAMES_PER_LINE, (i + 1) * NAMES_PER_LINE).join(t('common.and')),
    }));
  return [
    ...view.needsHelp.map(entry('digest_help')),
    ...view.notes.map(entry('digest_notes')),
    ...names('digest_answered', view.answered),
    ...names('digest_missing', view.missing),
  ];
}
function pagesOf(lines: readonly Line[]): Line[][] {
  const pages: Line[][] = [];
  let room = 0;
  for (const line of lines) {
    if (pages.length === 0 || line.text.length > room) {
      pages.push([]);
      room = PAGE_CHARS;
    }
    room -= line.text.length;
    pages.at(-1)?.push(line);
  }
  return pages.length === 0 ? [[]] : pages;
}

export const checkDigestCard = defineCard({
  name: 'check_digest',
  audience: 'person',
  args: z.object({ week: z.string(), branch: z.string(), page: z.int().min(0).default(0) }),
  async view({ week, branch, page }, context): Promise<DigestView> {
    const { use, read, now } = context;
    const reader = await readerOf(context);
    const steps = reader === null ? [] : await yearSteps(read, use, reader, now);
    return { ...(await checkDigest(read, week, branch)), week, page, steps };
  },
  render(view, context) {
    const { t } = context;
    const pages = pagesOf(linesOf(view, context));
    const p = Math.min(view.page, pages.length - 1);
    const shown = pages[p] ?? [];
    const k = view.week;
    const nav: Button[] = [
      ...(p > 0 ? [button('page_back', t('common.back'), { a: 'check_digest', k, p: p - 1 })] : []),
      ...(p < pages.length - 1 ? [button('page_next', t('common.next'), { a: 'check_digest', k, p: p + 1 })] : []),
    ];
    const sections = [...new Set(shown.map((line) => line.section))];
    const blocks: Block[] = [
      text(
        t('commit.digest_rate', { due: view.answered.length + view.missing.length, answered: view.answered.length }),
        'strong',
      ),
      text(t('commit.digest_counts', view.counts)),
      ...sections.flatMap((section): Block[] => [
        text(t(`commit.${section}`), section === 'digest_help' ? 'warn' : 'strong'),
        list(shown.flatMap((line) => (line.section === section ? [line.text] : []))),
      ]),
      ...(nav.length === 0
        ? []
        : [
            text(t('commit.page', { n: p + 1, of: pages.length }), 'muted'),
            { kind: 'buttons', buttons: nav, compact: true } satisfies Block,
          ]),
      ...(p === 0 ? yearStepBlocks(view.steps, context) : []),
      text(t('commit.digest_private'), 'muted'),
    ];
    return {
      title: t('commit.digest_title', { week: periodName(t, view.week) }),
      tone: view.needsHelp.length > 0 ? 'orange' : 'green',
      blocks,
    };
  },
});

/** To the person alone, without a number and without reproach. */
export const checkMissedCard = defineCard({
  name: 'check_missed',
  audience: 'person',
  args: z.object({}),
  view: async () => ({}),
  render: (_view, { t }) => ({ title: t('commit.missed_title'), tone: 'blue', blocks: [text(t('commit.missed'))] }),
});
