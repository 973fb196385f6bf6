/** Elements that show something. */
import { z } from 'zod';
import { anyText, common, flag, i18n, icon, optional, plainText, textStyle } from './parts.ts';

export const display = [
  z.strictObject({
    tag: z.literal('markdown'),
    content: z.string(),
    i18n_content: i18n,
    ...textStyle,
    icon,
    ...common,
  }),
  z.strictObject({
    tag: z.literal('div'),
    text: anyText.optional(),
    fields: z.array(z.strictObject({ is_short: flag, text: anyText })).optional(),
    icon,
    width: optional,
    ...common,
  }),
  z.strictObject({ tag: z.literal('hr'), ...common }),
  z.strictObject({
    tag: z.literal('img'),
    img_key: z.string(),
    i18n_img_key: i18n,
    alt: plainText,
    title: anyText.optional(),
    scale_type: z.enum(['crop_center', 'crop_top', 'fit_horizontal']).optional(),
    mode: optional,
    size: optional,
    preview: flag,
    transparent: flag,
    corner_radius: optional,
    ...common,
  }),
  z.strictObject({
    tag: z.literal('person'),
    user_id: z.string(),
    size: optional,
    show_avatar: flag,
    show_name: flag,
    style: z.enum(['normal', 'capsule']).optional(),
    ...common,
  }),
  z.strictObject({
    tag: z.literal('person_list'),
    persons: z.array(z.strictObject({ id: z.string() })),
    lines: z.int().optional(),
    size: optional,
    show_avatar: flag,
    show_name: flag,
    drop_invalid_user_id: flag,
    icon,
    ...common,
  }),
] as const;
