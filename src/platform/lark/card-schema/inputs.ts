/** Elements that take something in. */
import { z } from 'zod';
import { INPUT_MAX_CHARS } from '../limits.ts';
import { anyText, flag, i18n, icon, interactive, lengths, optional, plainText, width } from './parts.ts';

const selectOption = z.strictObject({ text: plainText, value: z.string().min(1), icon });
const select = {
  ...interactive,
  required: flag,
  placeholder: plainText.optional(),
  options: z.array(selectOption).min(1),
  type: z.enum(['default', 'text']).optional(),
  width,
};
const personSelect = { ...select, options: z.array(z.strictObject({ value: z.string().min(1) })).optional() };
const picker = { ...interactive, required: flag, placeholder: plainText.optional(), width };

const buttonSchema = z.strictObject({
  tag: z.literal('button'),
  text: plainText.optional(),
  type: z
    .enum([
      'default',
      'primary',
      'danger',
      'text',
      'primary_text',
      'danger_text',
      'primary_filled',
      'danger_filled',
      'laser',
    ])
    .optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width,
  icon,
  hover_tips: plainText.optional(),
  disabled_tips: plainText.optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
  ...interactive,
});
export const inputs = [
  buttonSchema,
  z.strictObject({
    tag: z.literal('input'),
    ...interactive,
    required: flag,
    placeholder: plainText.optional(),
    default_value: optional,
    i18n_default_value: i18n,
    width,
    max_length: z.int().min(1).max(INPUT_MAX_CHARS).optional(),
    input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
    show_icon: flag,
    rows: z.int().min(1).optional(),
    auto_resize: flag,
    max_rows: z.int().min(1).optional(),
    label: plainText.optional(),
    label_position: z.enum(['top', 'left']).optional(),
  }),
  z.strictObject({
    tag: z.literal('select_static'),
    ...select,
    initial_option: optional,
    initial_index: z.int().min(0).optional(),
  }),
  z.strictObject({
    tag: z.literal('multi_select_static'),
    ...select,
    selected_values: z.array(z.string()).optional(),
  }),
  z.strictObject({ tag: z.literal('select_person'), ...personSelect, initial_option: optional }),
  z.strictObject({
    tag: z.literal('multi_select_person'),
    ...personSelect,
    selected_values: z.array(z.string()).optional(),
  }),
  z.strictObject({
    tag: z.literal('date_picker'),
    ...picker,
    initial_date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('picker_time'),
    ...picker,
    initial_time: z
      .string()
      .regex(/^\d{2}:\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('picker_datetime'),
    ...picker,
    initial_datetime: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('overflow'),
    ...interactive,
    width,
    options: z.array(z.looseObject({ text: plainText, value: z.string().optional() })).min(1),
  }),
  z.strictObject({
    tag: z.literal('checker'),
    ...interactive,
    text: anyText.optional(),
    checked: flag,
    overall_checkable: flag,
    checked_style: z
      .strictObject({ show_strikethrough: flag, opacity: z.number().min(0).max(1).optional() })
      .optional(),
    button_area: z
      .strictObject({ pc_display_rule: optional, buttons: z.array(buttonSchema).max(3).optional() })
      .optional(),
    padding: lengths(0, 99),
    hover_tips: plainText.optional(),
    disabled_tips: plainText.optional(),
  }),
] as const;
