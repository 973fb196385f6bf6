/** The rules, the catalogue and the project descriptions something was opened under, parsed once per version. */
import { type Catalogue, catalogueSchema } from '../domain/catalogue.ts';
import { type Project, projectsSchema } from '../domain/projects.ts';
import { type Rules, storedRules } from '../domain/rules.ts';
import { TenstarError } from '../errors.ts';
import type { Reader } from '../store/db.ts';
import { catalogueBody, projectsBody, rulesBody } from '../store/versions.ts';

const catalogues = new Map<string, Catalogue>();
const rules = new Map<string, Rules>();
const projects = new Map<string, readonly Project[]>();

/** Versions never change under their hash, so a process may keep them. A city has a handful. */
async function remembered<T>(
  memory: Map<string, T>,
  hash: string,
  load: () => Promise<string | null>,
  parse: (data: unknown) => T,
): Promise<T> {
  const known = memory.get(hash);
  if (known !== undefined) return known;
  const body = await load();
  if (body === null)
    throw new TenstarError(
      'not_found',
      `Version ${hash.slice(0, 12)} of the rules, the catalogue or the project descriptions is not in the database. Restore it from a backup.`,
    );
  const value = parse(JSON.parse(body));
  memory.set(hash, value);
  return value;
}

export const catalogueOf = (h: Reader, hash: string): Promise<Catalogue> =>
  remembered(
    catalogues,
    hash,
    () => catalogueBody(h, hash),
    (data) => catalogueSchema.parse(data),
  );
export const rulesOf = (h: Reader, hash: string): Promise<Rules> =>
  remembered(rules, hash, () => rulesBody(h, hash), storedRules);
export const projectsOf = (h: Reader, hash: string): Promise<readonly Project[]> =>
  remembered(
    projects,
    hash,
    () => projectsBody(h, hash),
    (data) => projectsSchema.parse(data),
  );
