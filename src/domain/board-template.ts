/** The display-board template (R59): what the work committee lays down about the look of printed boards. Data, editable by the office. */
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import defaults from './board-template.default.json' with { type: 'json' };
import { problemSentences } from './problems.ts';

/** What may stand in braces in the texts of each board. */
const PLACEHOLDERS = {
  branch: ['branch', 'unit', 'district', 'year'],
  member: ['branch', 'unit', 'district', 'year', 'name'],
  stars: ['branch', 'unit', 'district', 'year', 'period'],
} as const;
const COMMITMENT_COLUMNS = ['star', 'text', 'result', 'due'] as const;
const STAR_COLUMNS = ['name', 'stars', 'outstanding', 'level'] as const;

const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: 'must be a colour written as # and six digits, such as "#B3261E"' });

function words(known: readonly string[], max: number) {
  const sentence = z
    .string()
    .max(max)
    .check((context) => {
      for (const [, name = ''] of context.value.matchAll(/\{([^{}]*)\}/g))
        if (!known.includes(name))
          context.issues.push({
            code: 'custom',
            input: context.value,
            message: `holds {${name}}, which is not known; known here are ${known.map((one) => `{${one}}`).join(', ')}`,
          });
    });
  return z.strictObject({ zh: sentence, en: sentence });
}

function board<C extends string>(known: readonly string[], shows: readonly [C, ...C[]], needed: readonly C[]) {
  const column = z.strictObject({
    show: z.enum(shows),
    /** Share of the width, against the other columns. */
    width: z.number().min(5).max(100),
    zh: z.string().trim().min(1).max(20),
    en: z.string().trim().min(1).max(30),
  });
  return z.strictObject({
    title: words(known, 80),
    subtitle: words(known, 120),
    columns: z
      .array(column)
      .refine((columns) => new Set(columns.map((one) => one.show)).size === columns.length, {
        error: 'must show each thing once',
      })
      .refine((columns) => needed.every((name) => columns.some((one) => one.show === name)), {
        error: `must show at least ${needed.join(' and ')}`,
      }),
    footer: words(known, 120),
  });
}

const templateSchema = z.strictObject({
  paper: z.enum(['A3', 'A4']),
  orientation: z.enum(['landscape', 'portrait']),
  margin_mm: z.number().min(5).max(40),
  /** Points; everything else on a board grows with it. */
  text_size: z.number().min(8).max(32),
  colours: z.strictObject({
    accent: colour,
    on_accent: colour,
    text: colour,
    soft: colour,
    band: colour,
    line: colour,
  }),
  /** Font files (TTF or OTF) for characters the packaged font does not have, tried in this order. */
  fonts: z
    .array(z.string().regex(/\.(ttf|otf)$/i, { error: 'must be a font file that ends with .ttf or .otf' }))
    .max(5),
  branch: board(PLACEHOLDERS.branch, COMMITMENT_COLUMNS, ['text']),
  member: board(PLACEHOLDERS.member, COMMITMENT_COLUMNS, ['text']),
  stars: board(PLACEHOLDERS.stars, STAR_COLUMNS, ['name', 'stars']),
});
export type BoardTemplate = z.infer<typeof templateSchema>;
export type BoardWords = BoardTemplate['branch']['title'];
export type CommitmentColumn = BoardTemplate['branch']['columns'][number];
export type StarColumn = BoardTemplate['stars']['columns'][number];

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sections are laid over sections; lists and values replace what was there. */
function laidOver(below: unknown, above: unknown): unknown {
  if (!isSection(below) || !isSection(above)) return above;
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = key in below ? laidOver(below[key], value) : value;
  return merged;
}

/**
 * A BOARD_TEMPLATE_FILE laid over the default template, so that a file may hold only what differs.
 * @throws {TenstarError} `input_invalid`, naming every problem, one sentence a line
 */
export function parseBoardTemplate(data: unknown): BoardTemplate {
  const whole = isSection(data) ? laidOver(defaults, data) : data;
  const result = templateSchema.safeParse(whole);
  if (result.success) return result.data;
  throw new TenstarError('input_invalid', problemSentences(result.error, whole, defaults).join('\n'));
}

export const defaultBoardTemplate: BoardTemplate = parseBoardTemplate(defaults);

/** A text of the template with its braces filled in. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{([^{}]*)\}/g, (_whole, name: string) => values[name] ?? '');
