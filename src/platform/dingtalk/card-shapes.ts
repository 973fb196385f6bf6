/** What the values of our card template hold (platform/dingtalk.md §2.4, §2.6). */
import { z } from 'zod';
import { FORM_MAX_FIELDS, TABLE_MAX_ROWS } from './limits.ts';

/** The head is one of five coloured strips. */
export const TONES = ['blue', 'green', 'orange', 'red', 'grey'] as const;
/** How the answer to a click went. */
export const TOAST_KINDS = ['success', 'info', 'warning', 'error'] as const;
/** `rule` is a line across the card without text. */
export const LINE_KINDS = ['normal', 'strong', 'muted', 'good', 'warn', 'bad', 'rule'] as const;

export const lineSchema = z.strictObject({ t: z.string(), k: z.enum(LINE_KINDS) });
/** A button: `id` comes back as the action id, `act` as a parameter. Either `act` or `url`. */
export const buttonSchema = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  color: z.enum(['blue', 'gray', 'red']),
  /** JSON text: the part of the action that is this button's own. */
  act: z.string().optional(),
  url: z.string().optional(),
  /** Title and text of the dialog before the click; both or none. */
  ct: z.string().optional(),
  cm: z.string().optional(),
});
export const tableSchema = z.strictObject({
  meta: z
    .array(
      z.strictObject({
        alias: z.string().min(1),
        aliasName: z.string(),
        dataType: z.literal('STRING'),
        weight: z.int().optional(),
      }),
    )
    .min(1),
  data: z.array(z.record(z.string(), z.string())).max(TABLE_MAX_ROWS),
});
export const chartSchema = z.strictObject({
  type: z.enum(['lineChart', 'histogram', 'pieChart']),
  data: z.array(z.strictObject({ x: z.string(), y: z.number(), type: z.string().optional() })).min(1),
  config: z.strictObject({}),
});
const common = {
  name: z.string().min(1),
  label: z.string(),
  required: z.boolean().optional(),
  requiredMsg: z.string().optional(),
  readOnly: z.boolean().optional(),
  placeholder: z.string().optional(),
};
const fieldSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('TEXT'),
    hidden: z.boolean().optional(),
    defaultValue: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('TEXT_AREA'),
    minRows: z.int().optional(),
    maxRows: z.int().optional(),
    defaultValue: z.string().optional(),
  }),
  z.strictObject({ ...common, type: z.literal('NUMBER'), defaultValue: z.number().optional() }),
  z.strictObject({
    ...common,
    type: z.literal('DATE'),
    format: z.string().optional(),
    defaultValue: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('SELECT'),
    defaultValue: z.strictObject({ index: z.int().min(0), value: z.string() }).optional(),
    options: z.array(z.strictObject({ value: z.string(), text: z.string() })).min(1),
  }),
]);
export const formSchema = z.strictObject({ fields: z.array(fieldSchema).min(1).max(FORM_MAX_FIELDS) });

export type Line = z.infer<typeof lineSchema>;
export type DataButton = z.infer<typeof buttonSchema>;
export type DataTable = z.infer<typeof tableSchema>;
export type DataChart = z.infer<typeof chartSchema>;
export type DataField = z.infer<typeof fieldSchema>;
export type DataForm = z.infer<typeof formSchema>;
