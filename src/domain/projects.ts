/** Project descriptions that guide the work (R48, A43): data of the organisation, eighteen by default. */
import { z } from 'zod';
import { TenstarError } from '../errors.ts';
import type { Catalogue } from './catalogue.ts';
import { criterionProblems } from './criterion.ts';
import { problemSentences } from './problems.ts';
import defaults from './projects.default.json' with { type: 'json' };

const bilingual = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(300) });
export const projectSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{1,60}$/, { error: 'must be lower-case letters, digits and underscores' }),
  zh: z.string().trim().min(1).max(60),
  en: z.string().trim().min(1).max(90),
  purpose: bilingual,
  who: bilingual,
  steps: z.array(bilingual).min(1).max(10),
  /** By when, or how often. */
  when: bilingual,
  /** Material to keep. */
  keep: bilingual,
  /** Keys of the branch's stars it serves. */
  stars: z.array(z.string()).max(10),
});
export type Project = z.infer<typeof projectSchema>;

/** Their shape alone; a version that was adopted is read by it, whatever may be asked by now. */
export const projectsSchema = z
  .array(projectSchema)
  .min(1)
  .max(60)
  .refine((projects) => new Set(projects.map((project) => project.key)).size === projects.length, {
    error: 'must have each key once',
  });

/** What a description says of private matters (F2). */
function projectProblems({ zh, en, purpose, who, steps, when, keep }: Project, i: number): string[] {
  const texts = { '': { zh, en }, '.purpose': purpose, '.who': who, '.when': when, '.keep': keep };
  return [
    ...Object.entries(texts).flatMap(([place, text]) => criterionProblems(`[${i}]${place}`, text)),
    ...steps.flatMap((step, j) => criterionProblems(`[${i}].steps[${j}]`, step)),
  ];
}

/** Projects of a PROJECTS_FILE. @throws {TenstarError} `input_invalid`, naming every problem, one sentence a line. */
export function parseProjects(data: unknown): Project[] {
  const result = projectsSchema.safeParse(data);
  const problems = result.success
    ? result.data.flatMap(projectProblems)
    : problemSentences(result.error, data, defaults);
  if (!result.success || problems.length > 0) throw new TenstarError('input_invalid', problems.join('\n'));
  return result.data;
}

export const defaultProjects: readonly Project[] = parseProjects(defaults);

/** Stars that projects name and the catalogue does not have: a slip in one of the two files. */
export const unknownProjectStars = (projects: readonly Project[], catalogue: Catalogue): string[] => {
  const known = new Set(catalogue.branch.map((star) => star.key));
  return [...new Set(projects.flatMap((project) => project.stars.filter((key) => !known.has(key))))];
};
