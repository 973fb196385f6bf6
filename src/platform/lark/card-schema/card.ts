/**
 * Card JSON 2.0 as a schema: which tags exist and which properties each may have. An unknown property is an error, because the
 * platform refuses the whole card for one (platform/lark.md §3.2). Rules across elements are in `lint.ts`.
 */
import { z } from 'zod';
import { containers } from './containers.ts';
import { chartSchema, tableSchema } from './data.ts';
import { display } from './display.ts';
import { inputs } from './inputs.ts';
import {
  LOCALES,
  anyText,
  color,
  common,
  flag,
  i18n,
  icon,
  layout,
  lengths,
  optional,
  plainText,
  urls,
} from './parts.ts';

const TEMPLATES = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
] as const;

const elements = z.array(z.lazy((): z.ZodType => elementSchema));

/** Exist on the platform, not used here: their properties are not checked. */
const unchecked = [
  z.looseObject({ tag: z.literal('img_combination') }),
  z.looseObject({ tag: z.literal('select_img') }),
  z.looseObject({ tag: z.literal('audio') }),
] as const;

const elementSchema = z.discriminatedUnion('tag', [
  ...display,
  tableSchema,
  chartSchema,
  ...inputs,
  ...containers(elements),
  ...unchecked,
]);

/** A whole card of JSON 2.0. */
export const cardSchema = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      streaming_mode: flag,
      streaming_config: z.record(z.string(), z.unknown()).optional(),
      summary: z.strictObject({ content: z.string(), i18n_content: i18n }).optional(),
      locales: z.array(z.enum(LOCALES)).optional(),
      enable_forward: flag,
      enable_forward_interaction: flag,
      update_multi: z.literal(true).optional(), // exclusive cards do not exist in 2.0
      width_mode: z.enum(['default', 'compact', 'fill']).optional(),
      use_custom_translation: flag,
      style: z
        .strictObject({
          text_size: z
            .record(z.string(), z.strictObject({ default: optional, pc: optional, mobile: optional }))
            .optional(),
          color: z.record(z.string(), z.strictObject({ light_mode: z.string(), dark_mode: z.string() })).optional(),
        })
        .optional(),
    })
    .optional(),
  card_link: z.strictObject({ url: z.string(), ...urls }).optional(),
  header: z
    .strictObject({
      title: anyText,
      subtitle: anyText.optional(),
      text_tag_list: z
        .array(
          z.strictObject({
            tag: z.literal('text_tag'),
            text: plainText,
            color,
            element_id: common.element_id,
          }),
        )
        .optional(),
      i18n_text_tag_list: z.record(z.string(), z.unknown()).optional(),
      template: z.enum(TEMPLATES).optional(),
      icon,
      padding: lengths(0, 99),
    })
    .optional(),
  body: z.strictObject({ elements, ...layout, element_id: common.element_id }),
});
