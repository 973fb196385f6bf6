import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import defaults from './catalogue.default.json' with { type: 'json' };
import { criterionProblems } from './criterion.ts';
import { problemSentences } from './problems.ts';
import { hashJson, type Rules } from './rules.ts';

const text = z.string().trim().min(1).max(300);
const bilingual = z.strictObject({ zh: text, en: text });
const STARS = 10;

/** One star with what it is judged by (R42, R43). */
export const starSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{1,60}$/, { error: 'must be lower-case letters, digits and underscores' }),
  order: z.int().min(1).max(STARS),
  zh: text,
  en: text,
  indicators: z.array(bilingual).min(1).max(20),
});
export type Star = z.infer<typeof starSchema>;

const ten = z
  .array(starSchema)
  .length(STARS, { error: 'must have ten stars' })
  .refine((stars) => new Set(stars.map((star) => star.order)).size === stars.length, {
    error: 'must have the orders 1 to 10, each once',
  })
  .transform((stars) => stars.toSorted((a, b) => a.order - b.order));

/**
 * The stars of branches and of members, version by version (domain.md §6.1, R38–R45): their shape alone. A version that was adopted
 * is read by it, whatever may be asked by now.
 */
export const catalogueSchema = z
  .strictObject({ version: z.int().min(1), branch: ten, member: ten })
  .superRefine((it, context) => {
    const seen = new Set<string>();
    for (const { key } of [...it.branch, ...it.member]) {
      if (seen.has(key)) context.addIssue({ code: 'custom', message: `has the key "${key}" twice` });
      seen.add(key);
    }
  });
export type Catalogue = z.infer<typeof catalogueSchema>;

/** Refuses texts about private matters (F2), each with the place, the reason and a neutral wording. */
function criteriaProblems(catalogue: Catalogue): string[] {
  const problems: string[] = [];
  for (const part of ['branch', 'member'] as const) {
    catalogue[part].forEach((star, i) => {
      const places = [
        ['', star.zh, star.en],
        ...star.indicators.map(({ zh, en }, j) => [`.indicators[${j}]`, zh, en]),
      ] as const;
      for (const [place, zh = '', en = ''] of places) {
        problems.push(...criterionProblems(`${part}[${i}]${place}`, { zh, en }));
      }
    });
  }
  return problems;
}

/**
 * A catalogue from a CATALOGUE_FILE, its stars in order.
 * @throws {TenstarError} `input_invalid`, naming every problem, one sentence a line.
 */
export function parseCatalogue(data: unknown): Catalogue {
  const result = catalogueSchema.safeParse(data);
  const problems = result.success ? criteriaProblems(result.data) : problemSentences(result.error, data, defaults);
  if (!result.success || problems.length > 0) throw new TenstarError('input_invalid', problems.join('\n'));
  return result.data;
}

/** The ten branch stars and ten member stars shipped with the product. */
export const defaultCatalogue: Catalogue = parseCatalogue(defaults);

/** Names one version of the catalogue. */
export function catalogueHash(catalogue: Catalogue): string {
  return hashJson(catalogue);
}

/** Barred stars of the rules (R121) that the catalogue does not have: a slip in one of the two files. */
export function unknownBarredStars(catalogue: Catalogue, rules: Rules): string[] {
  return rules.barred_stars.filter((key) => !catalogue.member.some((star) => star.key === key));
}
