import { type Block, button, type Button, type Card, text } from '../src/card.ts';
import type { RenderContext } from '../src/card-def.ts';
import { BRANCH_SUBJECT, type Mark } from '../src/domain/marks.ts';
import { periodName } from '../src/period-name.ts';

export interface BallotReviewView {
  review: string;
  draft: string;
  branchName: string;
  period: string;
  lines: readonly { subject: string; name: string; marks: readonly (Mark | null)[] }[];
  /** Which part of a long ballot is shown, from 0. */
  part: number;
  uniform: 'no' | 'warn' | 'reject';
}

/** Lines a part, so that the card stays under the platform's size with the sealed draft in every button (design.md 12.15). */
export const LINES_PER_PART = 31;

const digits = (marks: readonly (Mark | null)[]): string =>
  marks.map((mark) => (mark === null ? '·' : mark === 'x' ? '?' : String(mark))).join(' ');

/** Everything filled in, once more, with a way back to each page; casting asks for confirmation. */
export function ballotReviewCard(view: BallotReviewView, { t }: RenderContext): Card {
  const { review: r, draft: d, part } = view;
  const parts = Math.max(1, Math.ceil(view.lines.length / LINES_PER_PART));
  const from = part * LINES_PER_PART;
  const shown = view.lines.slice(from, from + LINES_PER_PART);
  const nameOf = (line: { subject: string; name: string }) =>
    line.subject === BRANCH_SUBJECT ? t('ballot.branch_name') : line.name;
  const title = t('ballot.check_title');
  const edits = shown.map(
    (line): Button =>
      button(`ballot_edit_${line.subject}`, t('ballot.edit', { name: nameOf(line) }), {
        a: 'ballot_edit',
        r,
        d,
        s: line.subject,
      }),
  );
  const otherParts = Array.from({ length: parts }, (_, p) => p)
    .filter((p) => p !== part)
    .map((p) => button(`ballot_page_${p + 1}`, t('ballot.page_more', { n: p + 1 }), { a: 'ballot_page', r, d, p }));
  const cast = button('ballot_cast', t('ballot.cast'), { a: 'ballot_cast', r, d }, 'primary', {
    title: t('ballot.cast_title'),
    text: view.uniform === 'warn' ? t('ballot.cast_text_uniform') : t('ballot.cast_text'),
  });
  const blocks: Block[] = [text(t('ballot.check_intro'))];
  if (view.uniform === 'warn') blocks.push(text(t('ballot.check_uniform'), 'warn'));
  if (view.uniform === 'reject') blocks.push(text(t('ballot.check_uniform_reject'), 'bad'));
  if (view.uniform !== 'reject') blocks.push({ kind: 'buttons', buttons: [cast] });
  blocks.push(
    {
      kind: 'list',
      items: shown.map((line, i) =>
        t('ballot.line', { n: from + i + 1, name: nameOf(line), marks: digits(line.marks) }),
      ),
    },
    { kind: 'buttons', buttons: [...edits, ...otherParts], compact: true },
  );
  return {
    title,
    subtitle: t('ballot.title', { branch: view.branchName, period: periodName(t, view.period) }),
    tone: 'blue',
    blocks,
  };
}
