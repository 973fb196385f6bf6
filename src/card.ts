/**
 * The neutral card: what a card says, without a platform's words for it. Each platform renders it (`platform/<name>/render.ts`).
 * Every string is plain text already in the reader's language; the renderer escapes it. Nothing here is markup.
 */
import type { Action } from './action.ts';

/** Colour of the card's head: blue = something to do, green = done, orange = look here, red = refused, grey = over. */
export type CardTone = 'blue' | 'green' | 'orange' | 'red' | 'grey';
export type TextTone = 'normal' | 'strong' | 'muted' | 'good' | 'warn' | 'bad';

export interface Card {
  title: string;
  subtitle?: string;
  /** One line for the chat list and the notification; the title when absent. Never personal data in a group card. */
  summary?: string;
  tone: CardTone;
  blocks: readonly Block[];
  /** Sent as ordinary text, for clients that show no cards; then it can never change. */
  plain?: true;
  /** Said in place of the buttons where there can be none: what to type instead. */
  typed?: string;
}

export interface Option {
  value: string;
  label: string;
}

export interface Button {
  /** Unique in the card; tools press buttons by this name (design.md section 7). */
  name: string;
  label: string;
  style: 'primary' | 'default' | 'danger';
  /** What the click carries back; absent only on a link. */
  action?: Action;
  link?: string;
  /** A dialog the platform shows before the click is sent. */
  confirm?: { title: string; text: string };
}

export type Field =
  | { kind: 'text'; text: string; tone?: TextTone }
  | {
      kind: 'select';
      name: string;
      label: string;
      hint?: string;
      options: readonly Option[];
      initial?: string;
      required: boolean;
    }
  | {
      kind: 'input';
      name: string;
      label: string;
      placeholder?: string;
      initial?: string;
      multiline: boolean;
      /** 1–1000 characters (platform/lark.md §3.1). */
      maxLength: number;
      required: boolean;
    }
  | { kind: 'date'; name: string; label: string; initial?: string; required: boolean };

export interface Column {
  key: string;
  label: string;
  kind: 'text' | 'number';
}

export type Block =
  | { kind: 'text'; text: string; tone: TextTone }
  | { kind: 'facts'; items: readonly { label: string; value: string }[] }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'divider' }
  | { kind: 'progress'; label: string; done: number; of: number }
  | {
      kind: 'table';
      columns: readonly Column[];
      rows: readonly Readonly<Record<string, string | number>>[];
      /** Rows shown at once, 1–10. */
      pageSize: number;
    }
  | {
      kind: 'chart';
      chart: 'bar' | 'radar' | 'line';
      /** Several series are drawn side by side. */
      points: readonly { label: string; value: number; series?: string }[];
    }
  | { kind: 'form'; name: string; fields: readonly Field[]; buttons: readonly Button[] }
  | { kind: 'buttons'; buttons: readonly Button[]; compact?: boolean };

export const text = (value: string, tone: TextTone = 'normal'): Block => ({ kind: 'text', text: value, tone });
export const facts = (...items: readonly (readonly [label: string, value: string])[]): Block => ({
  kind: 'facts',
  items: items.map(([label, value]) => ({ label, value })),
});
export const list = (items: readonly string[]): Block => ({ kind: 'list', items });
export const divider: Block = { kind: 'divider' };
export const buttons = (...items: readonly Button[]): Block => ({ kind: 'buttons', buttons: items });

/** What the person who clicked sees at once, beside or instead of a new card. */
export interface Toast {
  type: 'success' | 'info' | 'warning' | 'error';
  text: string;
}

/** A button that calls back. */
export const button = (
  name: string,
  label: string,
  action: Action,
  style: Button['style'] = 'default',
  confirm?: Button['confirm'],
): Button => ({
  name,
  label,
  style,
  action,
  ...(confirm === undefined ? {} : { confirm }),
});
