/** Tables and charts. */
import { z } from 'zod';
import { TABLE_MAX_PAGE_SIZE } from '../limits.ts';
import { align, common, flag, i18n, optional, px, valign } from './parts.ts';

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

const columnWidth = z.union([z.literal('auto'), px(80, 600), z.string().regex(/^([1-9]\d?|100)%$/)]).optional();
export const tableSchema = z.strictObject({
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
export const chartSchema = z.strictObject({
  tag: z.literal('chart'),
  chart_spec: z.record(z.string(), z.unknown()),
  aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
  color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
  preview: flag,
  height: z.union([z.literal('auto'), px(1, 999)]).optional(),
  ...common,
});
