/**
 * Says what the platform would refuse in a card of JSON 2.0, with the codes it would use (platform/lark.md §3, §4.11). Runs in tests
 * over every card and in the playground on every message. Pure: the same card gives the same problems.
 */
import type { z } from 'zod';
import { cardSchema } from './card-schema/card.ts';
import {
  CARD_ADVISED_CHARTS,
  CARD_MAX_ELEMENTS,
  CARD_MAX_NESTING,
  CARD_MAX_TABLES,
  CARD_MESSAGE_MAX_BYTES,
  HEADER_SHOWN_TAGS,
  MESSAGE_ENVELOPE_BYTES,
} from './limits.ts';
import { chartProblems } from './lint-chart.ts';
import { formProblems, inputProblems } from './lint-form.ts';
import { tableProblems } from './lint-table.ts';
import { isContainer, type Json, type Node, type Problem, problem, records, walk, warning } from './lint-walk.ts';

export type { Problem } from './lint-walk.ts';

/** Size of the card inside a message request: the card is a JSON string inside JSON, so its quotes count twice. UTF-8 bytes. */
export function cardBytes(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(card) ?? '')) + MESSAGE_ENVELOPE_BYTES;
}

/** Objects with a `tag`, the platform's count of elements in its strict reading. */
export function countElements(card: unknown): number {
  return [...walk(card)].length;
}

/** Every problem of a card, in the order of the document; an empty list means the platform takes it. */
export function lintCard(card: unknown): Problem[] {
  const nodes = [...walk(card)];
  return [
    ...shapeProblems(card),
    ...sizeProblems(card, nodes),
    ...placeProblems(nodes),
    ...nameProblems(nodes),
    ...nodes.flatMap((node) => [
      ...formProblems(node),
      ...inputProblems(node),
      ...tableProblems(node),
      ...chartProblems(node),
      ...personProblems(node),
      ...imageProblems(node),
    ]),
  ];
}

/** The problems for which the platform refuses the card; the rest only means that something will not be shown. */
export const refusals = (problems: readonly Problem[]): Problem[] => problems.filter((p) => p.severity === 'error');

const at = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`), '$');

function shapeProblems(card: unknown): Problem[] {
  const result = cardSchema.safeParse(card);
  return result.success ? [] : result.error.issues.flatMap(shapeProblem);
}

function shapeProblem(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => problem(200621, at([...issue.path, key]), `unknown property "${key}"`));
  }
  const unknownTag = issue.code === 'invalid_union' && issue.path.at(-1) === 'tag';
  if (unknownTag) return [problem(200861, at(issue.path), 'unsupported tag')];
  return [problem(200621, at(issue.path), issue.message)];
}

function sizeProblems(card: unknown, nodes: readonly Node[]): Problem[] {
  const found: Problem[] = [];
  const bytes = cardBytes(card);
  if (bytes > CARD_MESSAGE_MAX_BYTES) {
    found.push({
      ...problem(0, '$', `the message is ${bytes} bytes, at most ${CARD_MESSAGE_MAX_BYTES}`),
      code: 230025,
      subCode: null,
    });
  }
  if (nodes.length > CARD_MAX_ELEMENTS) {
    found.push(problem(11310, '$', `element exceeds the limit: ${nodes.length}, at most ${CARD_MAX_ELEMENTS}`));
  }
  const tables = nodes.reduce((sum, { tag, element }) => sum + (tag === 'table' ? 1 : markdownTables(tag, element)), 0);
  if (tables > CARD_MAX_TABLES) {
    found.push(problem(11310, '$', `card table number over limit: ${tables}, at most ${CARD_MAX_TABLES}`));
  }
  const charts = nodes.filter(({ tag }) => tag === 'chart').length;
  if (charts > CARD_ADVISED_CHARTS)
    found.push(warning('$', `${charts} charts, at most ${CARD_ADVISED_CHARTS} advised`));
  const tags = nodes.filter(({ tag }) => tag === 'text_tag').length;
  if (tags > HEADER_SHOWN_TAGS) found.push(warning('$.header', `${tags} tags, only ${HEADER_SHOWN_TAGS} are shown`));
  return found;
}

/** A table in markdown is known by its delimiter row under a row with bars. */
function markdownTables(tag: string, element: Json): number {
  const content = element['content'];
  if (tag !== 'markdown' || typeof content !== 'string') return 0;
  return content.match(/^.*\|.*\n\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/gm)?.length ?? 0;
}

function placeProblems(nodes: readonly Node[]): Problem[] {
  const found: Problem[] = [];
  for (const { tag, path, containers } of nodes) {
    if ((tag === 'form' || tag === 'table') && containers.length > 0) {
      found.push(problem(200621, path, `${tag} is only allowed at the root of the body`));
    }
    if (tag === 'chart' && containers.includes('form')) {
      found.push(problem(200621, path, 'a chart inside a form is not supported everywhere'));
    }
    if (isContainer(tag) && containers.length >= CARD_MAX_NESTING) {
      found.push(problem(200621, path, `containers nest more than ${CARD_MAX_NESTING} deep`));
    }
  }
  return found;
}

function nameProblems(nodes: readonly Node[]): Problem[] {
  return [...repeated(nodes, 'name', 200530), ...repeated(nodes, 'element_id', 300301)];
}

function repeated(nodes: readonly Node[], key: string, code: number): Problem[] {
  const seen = new Set<string>();
  const found: Problem[] = [];
  for (const { element, path } of nodes) {
    const value = element[key];
    if (typeof value !== 'string' || value === '') continue;
    if (seen.has(value)) found.push(problem(code, `${path}.${key}`, `${key} "${value}" is used twice`));
    seen.add(value);
  }
  return found;
}

function personProblems({ tag, element, path }: Node): Problem[] {
  const ids =
    tag === 'person'
      ? [element['user_id']]
      : tag === 'person_list' && element['drop_invalid_user_id'] !== true
        ? records(element['persons']).map((p) => p['id'])
        : tag === 'markdown'
          ? [...String(element['content']).matchAll(/<at id=["']?([^"'>\s]*)["']?>/g)].map((m) => m[1])
          : [];
  return ids
    .filter((id) => !/^(all|(ou|on)_[A-Za-z0-9_]+|[A-Za-z0-9]{1,64})$/.test(String(id)))
    .map((id) => problem(100290, path, `invalid user id "${String(id)}"`));
}

function imageProblems({ tag, element, path }: Node): Problem[] {
  const key = element['img_key'];
  if ((tag !== 'img' && tag !== 'custom_icon') || typeof key !== 'string' || /^img_[\w-]+$/.test(key)) return [];
  return [problem(200570, `${path}.img_key`, 'invalid image key')];
}
