/**
 * A neutral card as card JSON 2.0 (platform/lark.md §3). One small pure converter per kind of block; what people wrote stands in
 * `plain_text` wherever the platform allows it, and escaped in markdown where it does not. Elements are dear (200 a card, every
 * object with a `tag` counted), so each converter says what it costs.
 */
import type { Block, Card, Field, TextTone } from '../../card.ts';
import type { ClickAnswer } from '../platform.ts';
import { type LarkCard, type LarkElement, markdown, plain } from './element.ts';
import { bold, escapeLine } from './markdown.ts';
import { renderButtons } from './render-buttons.ts';
import { renderChart, renderTable } from './render-data.ts';
import { renderField } from './render-field.ts';

export function renderCard(card: Card): LarkCard {
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: false, // a forwarded ballot or result would show what it says to others
      width_mode: 'fill',
      summary: { content: card.summary ?? card.title },
    },
    header: {
      title: plain(card.title),
      ...(card.subtitle === undefined ? {} : { subtitle: plain(card.subtitle) }),
      template: card.tone,
    },
    body: { elements: card.blocks.flatMap(renderBlock) },
  };
}

/** The body of the answer to a click: nothing, a toast, a card, or both (platform/lark.md §2.2). */
export function renderAnswer({ toast, card }: ClickAnswer): Record<string, unknown> {
  return {
    ...(toast === undefined ? {} : { toast: { type: toast.type, content: toast.text } }),
    ...(card === undefined ? {} : { card: { type: 'raw', data: renderCard(card) } }),
  };
}

function renderBlock(block: Block): LarkElement[] {
  switch (block.kind) {
    case 'text':
      return [renderText(block.text, block.tone)];
    case 'facts':
      return block.items.length === 0 ? [] : [markdown(block.items.map(fact).join('\n'))];
    case 'list':
      return block.items.length === 0 ? [] : [markdown(block.items.map((item) => `- ${escapeLine(item)}`).join('\n'))];
    case 'divider':
      return [{ tag: 'hr' }];
    case 'progress':
      return [renderText(`${block.label} ${bar(block.done, block.of)} ${block.done}/${block.of}`, 'normal')];
    case 'table':
      return renderTable(block);
    case 'chart':
      return renderChart(block);
    case 'form':
      return [renderForm(block)];
    case 'buttons':
      return renderButtons(block.buttons, block.compact === true);
  }
}

/** 1 element, and what its fields and buttons cost. */
function renderForm(form: {
  name: string;
  fields: readonly Field[];
  buttons: Extract<Block, { kind: 'form' }>['buttons'];
}): LarkElement {
  return {
    tag: 'form',
    name: form.name,
    elements: [
      ...form.fields.flatMap((field) =>
        field.kind === 'text' ? [renderText(field.text, field.tone ?? 'normal')] : renderField(field),
      ),
      ...renderButtons(form.buttons, false, true),
    ],
  };
}

const fact = ({ label, value }: { label: string; value: string }): string => `${bold(label)} ${escapeLine(value)}`;

const STYLES: Readonly<Record<Exclude<TextTone, 'strong'>, Record<string, string>>> = {
  normal: {},
  muted: { text_size: 'notation', text_color: 'grey' },
  good: { text_color: 'green' },
  warn: { text_color: 'orange' },
  bad: { text_color: 'red' },
};

/** 2 elements; 1 when bold, which only markdown can do. */
function renderText(text: string, tone: TextTone): LarkElement {
  if (tone !== 'strong') return { tag: 'div', text: { ...plain(text), ...STYLES[tone] } };
  const lines = text.split(/\r\n?|\n/);
  return markdown(lines.map(bold).join('\n'));
}

const BAR_CELLS = 10;
/** Full only when everything is done, empty only when nothing is. */
function bar(done: number, of: number): string {
  const share = of > 0 ? Math.min(Math.max(done / of, 0), 1) : 0;
  const full =
    share > 0 && share < 1 ? Math.min(Math.max(Math.round(share * BAR_CELLS), 1), BAR_CELLS - 1) : share * BAR_CELLS;
  return '▓'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}
