/** Plausible values for the forms the bot sends: what a played colleague would fill in. Invented, and the same for the same seed. */
import { createHash } from 'node:crypto';
import { isRecord, type Node } from '../../platform/lark/lint-walk.ts';
import { INPUT_MAX_CHARS } from '../../platform/lark/limits.ts';
import type { Random } from '../random.ts';
import type { Json } from '../world.ts';
import { initialValue, inputsOf, optionValues } from '../app/card-view.ts';

const SENTENCES: Readonly<Record<'zh-CN' | 'en', readonly string[]>> = {
  'zh-CN': [
    '按计划推进，本期任务已完成。',
    '与同组同志互相学习，流程更顺。',
    '调研还不够深入，下一步多到现场。',
    '材料整理规范，及时归档。',
    '重点工作节点清楚，进度正常。',
    '主动对接窗口单位，解决具体问题。',
  ],
  en: [
    'Going to plan; this period is done.',
    'Learned from the group and made the process smoother.',
    'Too little field work so far; more visits next.',
    'Papers are in order and filed on time.',
    'Milestones are clear and on schedule.',
    'Reached out to the service desk and solved open questions.',
  ],
};

/** Who of a branch comes as a guest, where that is written; a form about colleagues has a list of that name. */
const WHO = { 'zh-CN': '书记和两名党员', en: 'The secretary and two members' } as const;

/** Share of tasks of a weekly check that simply go on. */
const ON_TRACK_RATE = 0.9;
/** Share of marks that say "do not know". */
const UNKNOWN_RATE = 0.04;

/**
 * How one subject of a ballot stands on one star, about −1 to 1: everybody sees the same colleague, so their marks agree somewhat,
 * and a review ends with different stars for different people.
 */
function standing(subject: string, star: string): number {
  const [byte = 128] = createHash('sha256').update(`${subject} ${star}`).digest();
  return byte / 127.5 - 1;
}

/** Values for every input of a form. `leaning` moves all marks of one person, about −1 to 1. */
export function plausibleForm(form: Json, locale: string, random: Random, leaning: number): Json {
  return Object.fromEntries(
    inputsOf(form).flatMap((input) => {
      if (input.tag === 'input' && input.element['name'] === 'who')
        return [['who', WHO[locale.startsWith('en') ? 'en' : 'zh-CN']]];
      const moved = leaning + standing(String(form['name']), String(input.element['name']));
      const value = plausible(input, locale, random, moved);
      return value === undefined ? [] : [[String(input.element['name']), value]];
    }),
  );
}

function plausible(input: Node, locale: string, random: Random, leaning: number): unknown {
  const { tag, element } = input;
  if (tag === 'select_static') return choose(optionValues(element), random, leaning);
  if (tag === 'input') {
    const marks = typedMarks(element);
    if (marks.length > 0) return choose(marks, random, leaning);
    if (element['required'] !== true && random.chance(0.5)) return initialValue(input);
    const sentences = SENTENCES[locale.startsWith('en') ? 'en' : 'zh-CN'];
    return random.pick(sentences)?.slice(0, Number(element['max_length'] ?? INPUT_MAX_CHARS));
  }
  const initial = initialValue(input);
  if (initial !== undefined || element['required'] !== true) return initial;
  return tag === 'date_picker' ? '2026-12-31' : undefined;
}

/** Marks that are typed instead of chosen: the field says which, as `0–10，x = …`. */
function typedMarks(element: Json): string[] {
  const hint = element['placeholder'];
  const text = isRecord(hint) && typeof hint['content'] === 'string' ? hint['content'] : '';
  const [, from, to, rest = ''] = /^(\d+)–(\d+)(.*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return [];
  const marks = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${Number(from) + index}`);
  return rest.includes('x =') ? [...marks, 'x'] : marks;
}

/** A mark for a scale of numbers, mostly the first for anything else (options are listed best first). */
function choose(values: readonly string[], random: Random, leaning: number): string | undefined {
  const marks = values.filter((value) => /^\d+$/.test(value));
  if (values.includes('on_track') && random.chance(ON_TRACK_RATE)) return 'on_track'; // most tasks of a week are neither done nor stuck
  if (marks.length < 3) return random.chance(0.7) ? values[0] : random.pick(values);
  if (values.includes('x') && random.chance(UNKNOWN_RATE)) return 'x';
  const spread = random.next() + random.next() + random.next() - 1.5; // nearly normal, −1.5…1.5
  const mark = Math.round(8.2 + leaning + 1.3 * spread);
  return String(Math.min(Number(marks.at(-1)), Math.max(0, mark)));
}
