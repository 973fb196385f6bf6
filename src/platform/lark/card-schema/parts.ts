/** What elements of a card are made of: texts, lengths, colours, behaviours (platform/lark.md §3.2). */
import { z } from 'zod';

export const LOCALES = [
  'zh_cn',
  'en_us',
  'zh_hk',
  'zh_tw',
  'ja_jp',
  'id_id',
  'vi_vn',
  'th_th',
  'pt_br',
  'es_es',
  'ko_kr',
  'de_de',
  'fr_fr',
  'it_it',
  'ru_ru',
  'ms_my',
] as const;

export const optional = z.string().optional();
export const flag = z.boolean().optional();
export const i18n = z.partialRecord(z.enum(LOCALES), z.string()).optional();
export const px = (from: number, to: number) =>
  z.string().refine((s) => /^-?\d+px$/.test(s) && Number.parseInt(s, 10) >= from && Number.parseInt(s, 10) <= to, {
    error: `must be between ${from}px and ${to}px`,
  });
/** One to four lengths, as in CSS. */
export const lengths = (from: number, to: number) =>
  z
    .string()
    .refine((s) => {
      const parts = s.split(/\s+/);
      return (
        parts.length <= 4 &&
        parts.every((p) => /^-?\d+px$/.test(p) && Number.parseInt(p, 10) >= from && Number.parseInt(p, 10) <= to)
      );
    }, `must be one to four lengths between ${from}px and ${to}px`)
    .optional();
export const spacing = z.union([z.enum(['small', 'medium', 'large', 'extra_large']), px(0, 99)]).optional();
export const align = z.enum(['left', 'center', 'right']).optional();
export const valign = z.enum(['top', 'center', 'bottom']).optional();
/** A colour name, a name of `config.style.color`, or rgba(); hexadecimal colours are refused. */
export const color = z
  .string()
  .regex(/^([a-z][a-z0-9_-]*|rgba\([\d., %]+\))$/)
  .optional();
export const width = z.union([z.enum(['default', 'fill', 'auto']), px(100, 10_000)]).optional();

export const common = {
  element_id: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/)
    .optional(),
  margin: lengths(-99, 99),
};
export const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: lengths(0, 99),
  horizontal_spacing: spacing,
  vertical_spacing: spacing,
  horizontal_align: align,
  vertical_align: valign,
};
export const textStyle = {
  text_size: optional,
  text_color: color,
  text_align: align,
  lines: z.int().min(1).optional(),
};
export const plainText = z.strictObject({
  tag: z.literal('plain_text'),
  content: z.string(),
  i18n_content: i18n,
  ...textStyle,
});
const larkMd = z.strictObject({
  tag: z.literal('lark_md'),
  content: z.string(),
  i18n_content: i18n,
  ...textStyle,
});
export const anyText = z.discriminatedUnion('tag', [plainText, larkMd]);
export const icon = z
  .discriminatedUnion('tag', [
    z.strictObject({ tag: z.literal('standard_icon'), token: z.string(), color, size: optional }),
    z.strictObject({ tag: z.literal('custom_icon'), img_key: z.string(), size: optional }),
  ])
  .optional();
export const urls = { pc_url: optional, ios_url: optional, android_url: optional };
const behaviors = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
      z.strictObject({ type: z.literal('open_url'), default_url: z.string().min(1), ...urls }),
    ]),
  )
  .min(1)
  .optional();
/** Both texts are needed: a dialog without one is refused. */
const confirm = z.strictObject({ title: plainText, text: plainText }).optional();
export const interactive = { name: optional, disabled: flag, confirm, behaviors, ...common };
