/**
 * Card JSON 2.0 as a schema: which tags exist and which properties each may have. An unknown property is an error, because the
 * platform refuses the whole card for one (platform/lark.md §3.2). Rules across elements are in `lint.ts`.
 */
import { z } from 'zod';
import { INPUT_MAX_CHARS, TABLE_MAX_PAGE_SIZE } from './limits.ts';

const LOCALES = [
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
export const CHART_TYPES = [
  'line',
  'area',
  'bar',
  'pie',
  'common',
  'funnel',
  'scatter',
  'radar',
  'linearProgress',
  'circularProgress',
  'wordCloud',
] as const;

const optional = z.string().optional();
const flag = z.boolean().optional();
const i18n = z.partialRecord(z.enum(LOCALES), z.string()).optional();
const px = (from: number, to: number) =>
  z.string().refine((s) => /^-?\d+px$/.test(s) && Number.parseInt(s, 10) >= from && Number.parseInt(s, 10) <= to, {
    error: `must be between ${from}px and ${to}px`,
  });
/** One to four lengths, as in CSS. */
const lengths = (from: number, to: number) =>
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
const spacing = z.union([z.enum(['small', 'medium', 'large', 'extra_large']), px(0, 99)]).optional();
const align = z.enum(['left', 'center', 'right']).optional();
const valign = z.enum(['top', 'center', 'bottom']).optional();
/** A colour name, a name of `config.style.color`, or rgba(); hexadecimal colours are refused. */
const color = z
  .string()
  .regex(/^([a-z][a-z0-9_-]*|rgba\([\d., %]+\))$/)
  .optional();
const width = z.union([z.enum(['default', 'fill', 'auto']), px(100, 10_000)]).optional();

const common = {
  element_id: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/)
    .optional(),
  margin: lengths(-99, 99),
};
const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: lengths(0, 99),
  horizontal_spacing: spacing,
  vertical_spacing: spacing,
  horizontal_align: align,
  vertical_align: valign,
};
const textStyle = { text_size: optional, text_color: color, text_align: align, lines: z.int().min(1).optional() };
const plainText = z.strictObject({
  tag: z.literal('plain_text'),
  content: z.string(),
  i18n_content: i18n,
  ...textStyle,
});
const larkMd = z.strictObject({ tag: z.literal('lark_md'), content: z.string(), i18n_content: i18n, ...textStyle });
const anyText = z.discriminatedUnion('tag', [plainText, larkMd]);
const icon = z
  .discriminatedUnion('tag', [
    z.strictObject({ tag: z.literal('standard_icon'), token: z.string(), color, size: optional }),
    z.strictObject({ tag: z.literal('custom_icon'), img_key: z.string(), size: optional }),
  ])
  .optional();
const urls = { pc_url: optional, ios_url: optional, android_url: optional };
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
const interactive = { name: optional, disabled: flag, confirm, behaviors, ...common };

const elements = z.array(z.lazy((): z.ZodType => elementSchema));

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

const display = [
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

const columnWidth = z.union([z.literal('auto'), px(80, 600), z.string().regex(/^([1-9]\d?|100)%$/)]).optional();
const tableSchema = z.strictObject({
  tag: z.literal('table'),
  page_size: z.int().min(1).max(TABLE_MAX_PAGE_SIZE).optional(),
  row_height: z.union([z.enum(['low', 'middle', 'high', 'auto']), px(32, 124)]).optional(),
  row_max_height: px(32, 999).optional(),
  freeze_first_column: flag,
  header_style: z
    .strictObject({
      text_align: align,
      text_size: z.enum(['normal', 'heading']).optional(),
      background_style: z.enum(['grey', 'none']).optional(),
      text_color: z.enum(['default', 'grey']).optional(),
      bold: flag,
      lines: z.int().min(1).optional(),
    })
    .optional(),
  columns: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        display_name: optional,
        i18n_display_name: i18n,
        data_type: z.enum(['text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date']),
        width: columnWidth,
        horizontal_align: align,
        vertical_align: valign,
        date_format: optional,
        format: z
          .strictObject({ symbol: optional, precision: z.int().min(0).max(10).optional(), separator: flag })
          .optional(),
      }),
    )
    .min(1),
  rows: z.array(z.record(z.string(), z.unknown())),
  ...common,
});
const chartSchema = z.strictObject({
  tag: z.literal('chart'),
  chart_spec: z.record(z.string(), z.unknown()),
  aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
  color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
  preview: flag,
  height: z.union([z.literal('auto'), px(1, 999)]).optional(),
  ...common,
});

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
const inputs = [
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

const containers = [
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
  ...containers,
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
