import type { Field } from '../../src/card.ts';
import type { Translate } from '../../src/i18n.ts';
import { PLACE_MAX, TITLE_MAX } from '../../src/domain/activity.ts';
import { readDate } from '../../src/domain/form.ts';

/** What comes again as it was typed. */
export const initialOf =
  (typed: Readonly<Record<string, string>>) =>
  (name: string): { initial?: string } =>
    typed[name] ? { initial: typed[name] } : {};

/** The same for a field that holds a date; what is no date does not come again, since clients refuse it. */
export function initialDate(typed: string | undefined): { initial?: string } {
  const date = readDate(typed);
  return date === null ? {} : { initial: date };
}

/** What it is about, when and where: the end of every form that plans something to go to. */
export function eventFields(t: Translate, titleLabel: string, typed: Readonly<Record<string, string>>): Field[] {
  const initial = initialOf(typed);
  return [
    {
      kind: 'input',
      name: 'title',
      label: titleLabel,
      multiline: false,
      maxLength: TITLE_MAX,
      required: true,
      ...initial('title'),
    },
    { kind: 'date', name: 'date', label: t('network.date'), required: true, ...initialDate(typed.date) },
    {
      kind: 'input',
      name: 'place',
      label: t('network.place'),
      multiline: false,
      maxLength: PLACE_MAX,
      required: false,
      ...initial('place'),
    },
  ];
}
