/** Forms of guests from the four-mutual group, at commitment meetings and reviews: whether they come, and the checklist of the process. */
import type { Action } from '../../src/action.ts';
import { type Block, button } from '../../src/card.ts';
import type { RenderContext } from '../../src/card-def.ts';
import { REMARK_MAX } from '../../src/domain/checklist.ts';
import { WHO_MAX } from '../../src/domain/meeting.ts';

type Values = Readonly<Partial<Record<string, string>>>;

/** @param typed what was refused; else what was answered before */
export function guestAnswerForm(
  who: string,
  typed: Values | null,
  action: (comes: 0 | 1) => Action,
  { t }: RenderContext,
): Block {
  const initial = typed === null ? who : (typed.who ?? '');
  return {
    kind: 'form',
    name: 'guest_answer',
    fields: [
      {
        kind: 'input',
        name: 'who',
        label: t('meeting.guest.who'),
        placeholder: t('meeting.guest.who_hint'),
        multiline: false,
        maxLength: WHO_MAX,
        required: false,
        ...(initial === '' ? {} : { initial }),
      },
    ],
    buttons: [
      button('guest_come', t('meeting.guest.come'), action(1), 'primary'),
      button('guest_decline', t('meeting.guest.decline'), action(0)),
    ],
  };
}

/** @param items keys with what each asks @param filed null: for the first time */
export function guestChecklistForm<I extends string>(
  items: readonly (readonly [item: I, label: string])[],
  filed: Readonly<Partial<Record<I, boolean>>> | null,
  remarkBefore: string,
  typed: Values | null,
  action: Action,
  { t }: RenderContext,
): Block {
  const known = (item: I): string => {
    if (typed !== null) return typed[`item_${item}`] ?? '';
    const seen = filed?.[item];
    return seen === undefined ? '' : seen ? 'yes' : 'no';
  };
  const remark = typed === null ? remarkBefore : (typed.remark ?? '');
  return {
    kind: 'form',
    name: 'guest_checklist',
    fields: [
      ...items.map(([item, label]) => ({
        kind: 'select' as const,
        name: `item_${item}`,
        label,
        options: [
          { value: 'yes', label: t('common.yes') },
          { value: 'no', label: t('common.no') },
        ],
        required: true,
        ...(known(item) === 'yes' || known(item) === 'no' ? { initial: known(item) } : {}),
      })),
      {
        kind: 'input',
        name: 'remark',
        label: t('meeting.guest.remark'),
        multiline: true,
        maxLength: REMARK_MAX,
        required: false,
        ...(remark === '' ? {} : { initial: remark }),
      },
    ],
    buttons: [button('submit', t(filed === null ? 'meeting.guest.file' : 'meeting.guest.change'), action, 'primary')],
  };
}

/** What the branch has said so far; null before an answer. */
export function guestSaid({ comes, who }: { comes: boolean | null; who: string }, { t }: RenderContext): string | null {
  if (comes === null) return null;
  return comes ? t('meeting.guest.you_come', { who: who === '' ? '—' : who }) : t('meeting.guest.you_come_not');
}
