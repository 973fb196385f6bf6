/** What differs between two versions of a scheme, entry by entry, in the order of the documents. Empty exactly when they are the same. */
import type { Catalogue, Star } from './catalogue.ts';
import type { Project } from './projects.ts';
import { hashJson, type Rules } from './rules.ts';
import type { Scheme } from './scheme.ts';

interface Named {
  zh: string;
  en: string;
}
type Side = 'branch' | 'member';
export type SchemeChange =
  /** `path` as in RULES_FILE; the values as they stand there. */
  | { kind: 'setting'; path: string; from: unknown; to: unknown }
  | { kind: 'catalogue_number'; from: number; to: number }
  | { kind: 'star_added' | 'star_removed'; side: Side; key: string; star: Named }
  | { kind: 'star_renamed'; side: Side; key: string; from: Named; to: Named }
  | { kind: 'star_moved'; side: Side; key: string; star: Named; from: number; to: number }
  | { kind: 'indicator_added' | 'indicator_removed'; side: Side; star: Named; text: Named }
  | { kind: 'indicator_changed'; side: Side; star: Named; from: Named; to: Named }
  | { kind: 'indicators_reordered'; side: Side; star: Named }
  | { kind: 'project_added' | 'project_removed' | 'project_changed'; key: string; project: Named }
  | { kind: 'projects_reordered' };

const same = (a: unknown, b: unknown): boolean => hashJson(a) === hashJson(b);
const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function settings(from: unknown, to: unknown, path: string): SchemeChange[] {
  if (isSection(from) && isSection(to))
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      settings(from[key], to[key], path === '' ? key : `${path}.${key}`),
    );
  return same(from, to) ? [] : [{ kind: 'setting', path, from, to }];
}
const rulesChanges = (from: Rules, to: Rules): SchemeChange[] => settings(from, to, '');

/** Leaves what both lists have, as often as both have it, out of each. */
function onlyIn(a: readonly Named[], b: readonly Named[]): Named[] {
  const left = b.map(hashJson);
  return a.filter((text) => {
    const at = left.indexOf(hashJson(text));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}
const bare = ({ zh, en }: Named): Named => ({ zh, en });

function indicatorChanges(side: Side, from: Star, to: Star): SchemeChange[] {
  const star = bare(to);
  const [gone, come] = [onlyIn(from.indicators, to.indicators), onlyIn(to.indicators, from.indicators)];
  if (gone.length === 0 && come.length === 0)
    return same(from.indicators, to.indicators) ? [] : [{ kind: 'indicators_reordered', side, star }];
  // Reworded where one stands in the place of another; what is left over came or went.
  const reworded = from.indicators.length === to.indicators.length && gone.length === come.length ? gone.length : 0;
  return [
    ...gone
      .slice(0, reworded)
      .map((text, i): SchemeChange => ({ kind: 'indicator_changed', side, star, from: text, to: come[i] ?? text })),
    ...gone.slice(reworded).map((text): SchemeChange => ({ kind: 'indicator_removed', side, star, text })),
    ...come.slice(reworded).map((text): SchemeChange => ({ kind: 'indicator_added', side, star, text })),
  ];
}

function starChanges(side: Side, from: readonly Star[], to: readonly Star[]): SchemeChange[] {
  const before = new Map(from.map((star) => [star.key, star]));
  const after = new Set(to.map((star) => star.key));
  return [
    ...from
      .filter((star) => !after.has(star.key))
      .map((star): SchemeChange => ({ kind: 'star_removed', side, key: star.key, star: bare(star) })),
    ...to.flatMap((star): SchemeChange[] => {
      const old = before.get(star.key);
      if (old === undefined) return [{ kind: 'star_added', side, key: star.key, star: bare(star) }];
      const { key } = star;
      return [
        ...(same(bare(old), bare(star))
          ? []
          : [{ kind: 'star_renamed', side, key, from: bare(old), to: bare(star) } as const]),
        ...(old.order === star.order
          ? []
          : [{ kind: 'star_moved', side, key, star: bare(star), from: old.order, to: star.order } as const]),
        ...indicatorChanges(side, old, star),
      ];
    }),
  ];
}
const catalogueChanges = (from: Catalogue, to: Catalogue): SchemeChange[] => [
  ...(from.version === to.version ? [] : [{ kind: 'catalogue_number', from: from.version, to: to.version } as const]),
  ...starChanges('branch', from.branch, to.branch),
  ...starChanges('member', from.member, to.member),
];

function projectChanges(from: readonly Project[], to: readonly Project[]): SchemeChange[] {
  const before = new Map(from.map((project) => [project.key, project]));
  const after = new Set(to.map((project) => project.key));
  const change = (kind: 'project_added' | 'project_removed' | 'project_changed', project: Project): SchemeChange => ({
    kind,
    key: project.key,
    project: bare(project),
  });
  const changes = [
    ...from.filter((project) => !after.has(project.key)).map((project) => change('project_removed', project)),
    ...to.flatMap((project) => {
      const old = before.get(project.key);
      if (old === undefined) return [change('project_added', project)];
      return same(old, project) ? [] : [change('project_changed', project)];
    }),
  ];
  if (changes.length > 0 || same(from, to)) return changes;
  return [{ kind: 'projects_reordered' }];
}

/** What changes when `to` takes the place of `from`. */
export const schemeChanges = (from: Scheme, to: Scheme): SchemeChange[] => [
  ...rulesChanges(from.rules, to.rules),
  ...catalogueChanges(from.catalogue, to.catalogue),
  ...projectChanges(from.projects, to.projects),
];

/** When messages leave, and whose attendance is published: here the files hold at once, whatever a year has adopted. */
const AT_ONCE = ['messages', 'attendance'];
export const holdsAtOnce = (change: SchemeChange): boolean =>
  change.kind === 'setting' && AT_ONCE.some((section) => change.path.startsWith(`${section}.`));
