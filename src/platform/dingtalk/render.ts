/**
 * A neutral card as data of our template (platform/dingtalk.md §2), and the answer to a click. What DingTalk cannot show is replaced by
 * a named rule of parity.ts.
 */
import type { Action } from '../../action.ts';
import type { Block, Button, Card } from '../../card.ts';
import type { ClickAnswer } from '../platform.ts';
import { type CardData, type DataButton, type DataField, submitData, TEMPLATE_VERSION } from './card-data.ts';
import { pack, type Part } from './pack.ts';
import { renderChart, renderTable } from './render-data.ts';
import { renderForm } from './render-form.ts';
import { labelled, line, linesOf, pieces } from './text-lines.ts';

type Form = Extract<Block, { kind: 'form' }>;
const COLORS = { primary: 'blue', default: 'gray', danger: 'red' } as const;

/** @param rev comes back with every click on this state of the card; new each time */
export function renderCard(card: Card, rev: string): CardData {
  const forms = card.blocks.filter((block): block is Form => block.kind === 'form');
  const [form, ...others] = forms;
  const state = commonPart(card.blocks.flatMap(buttonsOf).flatMap(({ action }) => action ?? []));
  const toData = (button: Button) => renderButton(button, state);
  const submits = forms.flatMap(({ buttons }) => buttons.filter(({ action }) => action !== undefined).map(toData));
  const fields: DataField[] = [];
  const parts = card.blocks.flatMap((block): Part[] => {
    switch (block.kind) {
      case 'table':
        return renderTable(block).map((table) => ({ slot: 'table', table }));
      case 'chart': {
        const rendered = renderChart(block);
        return 'chart' in rendered
          ? [{ slot: 'chart', chart: rendered.chart }]
          : [{ slot: 'lines', lines: rendered.lines }];
      }
      case 'buttons':
        return [{ slot: 'buttons', buttons: block.buttons.map(toData) }];
      case 'form': {
        // Parity rule `forms_merged`: what one button does not need must not hinder it.
        const rendered = renderForm(block, others.length === 0);
        fields.push(...rendered.fields);
        return [
          { slot: 'lines', lines: [...rendered.above, ...warnings(block)] },
          ...(block === form ? [{ slot: 'form' } as const] : []),
          ...links(block, toData),
        ];
      }
      case 'text':
      case 'facts':
      case 'list':
      case 'divider':
      case 'progress':
        return [{ slot: 'lines', lines: linesOf(block) ?? [] }];
    }
  });
  return {
    config: JSON.stringify({ autoLayout: true }),
    template_version: `${TEMPLATE_VERSION}`,
    title: card.title,
    ...(card.subtitle === undefined ? {} : { subtitle: card.subtitle }),
    tone: card.tone,
    rev,
    ...(Object.keys(state).length === 0 ? {} : { state: JSON.stringify(state) }),
    ...pack(parts),
    ...(form === undefined
      ? {}
      : {
          form_name: form.name,
          form: JSON.stringify({ fields }),
          ...submitData(submits),
          form_buttons: JSON.stringify(submits), // for cards that a template of version 1 draws
        }),
  };
}

export interface AnswerContext {
  rev: string;
  /** The card stands in a group: its data is public, what is said to the one who clicked is not. */
  group: boolean;
}
/** A card replaces all data; a toast alone is laid over it. Nothing is answered with nothing. */
export function renderAnswer({ toast, card }: ClickAnswer, { rev, group }: AnswerContext): Record<string, unknown> {
  if (toast === undefined && card === undefined) return {};
  const said = toast === undefined ? { toast: '' } : { toast: toast.text, toast_kind: toast.type }; // parity rule `toast_in_card`
  const data = card === undefined ? null : renderCard(card, rev);
  const replaces = data !== null && !group;
  return {
    cardUpdateOptions: { updateCardDataByKey: data === null || !group, updatePrivateDataByKey: !replaces },
    ...(data !== null && group ? { cardData: { cardParamMap: data } } : {}),
    userPrivateData: { cardParamMap: replaces ? { ...data, ...(toast === undefined ? {} : said) } : { ...said, rev } },
  };
}

const buttonsOf = (block: Block): readonly Button[] =>
  block.kind === 'form' || block.kind === 'buttons' ? block.buttons : [];

/** Parity rule `form_dialog_as_line`: what a dialog would say stands above the form. */
const warnings = ({ buttons }: Form) =>
  buttons.flatMap(({ label, action, confirm }) =>
    action === undefined || confirm === undefined
      ? []
      : pieces(labelled(label, `${confirm.title} ${confirm.text}`)).map((piece) => line(piece, 'warn')),
  );

/** Links beside a form submit nothing, so they stand below it. */
function links(form: Form, toData: (button: Button) => DataButton): Part[] {
  const found = form.buttons.filter(({ action }) => action === undefined);
  return found.length === 0 ? [] : [{ slot: 'buttons', buttons: found.map(toData) }];
}

/** What all actions of the card have in common travels once: a sealed ballot in each of thirty buttons would not fit. */
function commonPart(actions: readonly Action[]): Record<string, unknown> {
  const [first, ...rest] = actions;
  if (first === undefined) return {};
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) =>
      rest.every((other) => (other as Record<string, unknown>)[key] === value),
    ),
  );
}

function renderButton(
  { name, label, style, action, link, confirm }: Button,
  state: Record<string, unknown>,
): DataButton {
  const own = Object.entries(action ?? {}).filter(([key]) => !(key in state));
  return {
    id: name,
    text: label,
    color: COLORS[style],
    ...(action === undefined ? { url: link ?? '' } : { act: JSON.stringify(Object.fromEntries(own)) }),
    ...(confirm === undefined ? {} : { ct: confirm.title, cm: confirm.text }),
  };
}
