/** Walking a card of unknown quality: what is a tagged object, where it stands, what it stands in. */

export interface Problem {
  /** 230099 "failed to create card", 230025 "too long"; 0 for a warning. */
  code: number;
  /** The number after `ErrCode:` in the platform's message. */
  subCode: number | null;
  /** JSON path such as `$.body.elements[2].name`. */
  path: string;
  message: string;
  /** A warning is taken by the platform, but something will not be shown. */
  severity: 'error' | 'warning';
}

export type Json = Readonly<Record<string, unknown>>;

export interface Node {
  tag: string;
  element: Json;
  path: string;
  /** Tags of the containers around it, outermost first; columns belong to their column set. */
  containers: readonly string[];
}

export const problem = (subCode: number, path: string, message: string): Problem => ({
  code: 230099,
  subCode,
  path,
  message,
  severity: 'error',
});
export const warning = (path: string, message: string): Problem => ({
  code: 0,
  subCode: null,
  path,
  message,
  severity: 'warning',
});

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

const CONTAINERS = new Set(['form', 'column_set', 'collapsible_panel', 'interactive_container']);
export const isContainer = (tag: string): boolean => CONTAINERS.has(tag);
/** Free data: a `tag` in here is not an element. */
const DATA_KEYS = new Set(['chart_spec', 'rows', 'value', 'i18n_content']);

/** Every object with a `tag`, parents before children. */
export function* walk(value: unknown, path = '$', containers: readonly string[] = []): Generator<Node> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, `${path}[${index}]`, containers);
    return;
  }
  if (!isRecord(value)) return;
  const tag = value['tag'];
  if (typeof tag === 'string') yield { tag, element: value, path, containers };
  const inside = typeof tag === 'string' && isContainer(tag) ? [...containers, tag] : containers;
  for (const [key, child] of Object.entries(value)) {
    if (!DATA_KEYS.has(key)) yield* walk(child, `${path}.${key}`, inside);
  }
}
