/** Elements that hold others. */
import { z } from 'zod';
import {
  align,
  color,
  common,
  flag,
  i18n,
  icon,
  interactive,
  layout,
  lengths,
  optional,
  plainText,
  px,
  spacing,
  textStyle,
  valign,
} from './parts.ts';

/** @param elements the schema of what may stand inside */
export const containers = (elements: z.ZodType) =>
  [
    z.strictObject({ tag: z.literal('form'), name: z.string(), elements, ...layout, ...common }),
    z.strictObject({
      tag: z.literal('column_set'),
      flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
      horizontal_spacing: spacing,
      horizontal_align: align,
      background_style: color,
      columns: z
        .array(
          z.strictObject({
            tag: z.literal('column'),
            width: z.union([z.enum(['auto', 'weighted']), px(16, 600)]).optional(),
            weight: z.int().min(1).max(5).optional(),
            background_style: color,
            elements,
            ...layout,
            ...common,
          }),
        )
        .min(1),
      ...common,
    }),
    z.strictObject({
      tag: z.literal('collapsible_panel'),
      expanded: flag,
      background_color: color,
      header: z.strictObject({
        title: z.discriminatedUnion('tag', [
          plainText,
          z.strictObject({ tag: z.literal('markdown'), content: z.string(), i18n_content: i18n, ...textStyle }),
        ]),
        background_color: color,
        vertical_align: valign,
        padding: lengths(0, 99),
        width: optional,
        icon,
        icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
        icon_expanded_angle: z.union([z.literal(-180), z.literal(-90), z.literal(90), z.literal(180)]).optional(),
      }),
      border: z.strictObject({ color, corner_radius: optional }).optional(),
      elements,
      ...layout,
      ...common,
    }),
    z.strictObject({
      tag: z.literal('interactive_container'),
      width: optional,
      height: optional,
      corner_radius: optional,
      has_border: flag,
      border_color: color,
      background_style: color,
      hover_tips: plainText.optional(),
      disabled_tips: plainText.optional(),
      elements,
      ...layout,
      ...interactive,
    }),
  ] as const;
