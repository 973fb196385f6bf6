import { button, type Card, text } from '../src/card.ts';
import type { RenderContext } from '../src/card-def.ts';
import { GROUPED_MAX } from '../src/domain/opinion.ts';
import type { RawPage } from '../src/usecases/review/opinion-grouping.ts';
import { keptLine } from './shared/kept-line.ts';

/** Raw texts on one page: so many at most, and so many bytes as they travel. With the card around them the message stays under 30 KB. */
const PAGE_REMARKS = 20;
const PAGE_BYTES = 15_000;
/** A card travels as JSON inside JSON, so a quotation mark costs four bytes. */
const travelBytes = (text: string): number => Buffer.byteLength(JSON.stringify(JSON.stringify(text)));

export interface OpinionGroupView extends RawPage {
  review: string;
  /** Null for the branch. */
  name: string | null;
  /** Page of raw texts, counted from 0. */
  page: number;
  /** What is in the input: typed a moment ago, or kept before. */
  text: string;
  /** Years the grouped text is kept. */
  keptYears: number;
}

/** Raw texts in pages that fit a card, as index ranges. */
export function rawPages(remarks: readonly string[]): { from: number; to: number }[] {
  const pages: { from: number; to: number }[] = [];
  let from = 0;
  let bytes = 0;
  for (const [i, remark] of remarks.entries()) {
    const size = travelBytes(remark);
    if (i > from && (i - from >= PAGE_REMARKS || bytes + size > PAGE_BYTES)) {
      pages.push({ from, to: i });
      from = i;
      bytes = 0;
    }
    bytes += size;
  }
  return [...pages, { from, to: remarks.length }];
}

/**
 * Raw texts about one subject and the input for the grouped one. No card definition: it is made only in the answer to a click of
 * the person who groups, so it never waits in the outbox.
 */
export function opinionGroupCard(view: OpinionGroupView, context: RenderContext): Card {
  const { t } = context;
  const { review: r, subject: s, remarks } = view;
  const pages = rawPages(remarks);
  const p = Math.min(view.page, pages.length - 1);
  const { from, to } = pages[p] ?? { from: 0, to: 0 };
  return {
    title: t('opinion.group.title', { name: view.name ?? t('opinion.desk.branch') }),
    subtitle: t('opinion.group.subtitle', { from: from + 1, to, of: remarks.length }),
    summary: t('opinion.desk.button'),
    tone: 'orange',
    blocks: [
      text(t('opinion.group.hint'), 'muted'),
      keptLine(context, 'opinion_group', view.keptYears),
      ...remarks.slice(from, to).map((remark) => text(`· ${remark}`)),
      {
        kind: 'form',
        name: 'opinion_group',
        fields: [
          {
            kind: 'input',
            name: 'grouped',
            label: t('opinion.group.label'),
            multiline: true,
            maxLength: GROUPED_MAX,
            required: false,
            ...(view.text === '' ? {} : { initial: view.text }),
          },
        ],
        buttons: [
          button('opinion_save', t('opinion.group.save'), { a: 'opinion_save', r, s }, 'primary'),
          ...(p > 0
            ? [button('opinion_earlier', t('opinion.group.earlier'), { a: 'opinion_group', r, s, p: p - 1 })]
            : []),
          ...(p + 1 < pages.length
            ? [button('opinion_later', t('opinion.group.later'), { a: 'opinion_group', r, s, p: p + 1 })]
            : []),
        ],
      },
      { kind: 'buttons', buttons: [button('opinion_desk', t('common.back'), { a: 'opinion_desk', r, p: 0 })] },
    ],
  };
}
