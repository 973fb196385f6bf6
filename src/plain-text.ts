/** A card as lines of text: for clients that show no cards, and for a platform whose card template is not there. */
import type { Block, Button, Card } from './card.ts';

const colon = (label: string): string => (/[\u2e80-\uffff]/.test(label) ? '：' : ': ');

/** Everything but charts, whose figures stand in text as well; of the buttons the links, and what to type instead of the others. */
export function plainText(card: Card): string {
  const buttons = card.blocks.flatMap(buttonsOf);
  const links = buttons.flatMap(({ label, link }) => (link === undefined ? [] : [`${label}${colon(label)}\n${link}`]));
  const pressed = buttons.some(({ action }) => action !== undefined);
  const typed = pressed && card.typed !== undefined ? [card.typed] : [];
  const heading = card.subtitle === undefined ? card.title : `${card.title} · ${card.subtitle}`;
  return [heading, ...card.blocks.flatMap(linesOf), ...links, ...typed].join('\n');
}

const buttonsOf = (block: Block): readonly Button[] =>
  block.kind === 'form' || block.kind === 'buttons' ? block.buttons : [];

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [block.text];
    case 'facts':
      return block.items.map(({ label, value }) => `${label}${colon(label)}${value}`);
    case 'list':
      return block.items.map((item) => `• ${item}`);
    case 'progress':
      return [`${block.label} ${block.done}/${block.of}`];
    case 'table':
      return block.rows.map((row) => block.columns.map(({ key }) => row[key] ?? '').join(' · '));
    case 'form':
      return block.fields.flatMap((field) => (field.kind === 'text' ? [field.text] : []));
    case 'chart':
    case 'buttons':
    case 'divider':
      return [];
  }
}
