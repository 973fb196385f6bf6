/** What is typed behind `/review` for each step; the first word of a language is the one that is shown. */
import type { ConsoleStep } from './review.ts';

/** A step of the console without a word does not compile: without buttons it could not be taken. */
export const STEP_WORDS = {
  start_meeting: { en: ['meeting'], zh: ['会议', '开会'] },
  agenda_next: { en: ['agenda'], zh: ['议程'] },
  start_ballot: { en: ['ballot'], zh: ['投票'] },
  extend_ballot: { en: ['extend'], zh: ['延长'] },
  close_ballot: { en: ['close'], zh: ['关闭'] },
  reopen_ballot: { en: ['reopen'], zh: ['重开'] },
  confirm_results: { en: ['confirm'], zh: ['确认'] },
  publish_results: { en: ['publish'], zh: ['公布'] },
} as const satisfies Record<ConsoleStep, Record<'en' | 'zh', readonly [string, ...string[]]>>;

const STEP_BY_WORD: ReadonlyMap<string, ConsoleStep> = new Map(
  Object.entries(STEP_WORDS).flatMap(([step, { en, zh }]) =>
    [...en, ...zh].map((word) => [word, step as ConsoleStep] as const),
  ),
);
/** @param word in lower case */
export const stepOfWord = (word: string): ConsoleStep | undefined => STEP_BY_WORD.get(word);

/** Typed last, it says what a dialog would ask. */
const SURE: ReadonlySet<string> = new Set(['yes', '是']);

/** Takes the word that says yes off the end. */
export function readSure(args: readonly string[]): { sure: boolean; rest: readonly string[] } {
  const sure = SURE.has(args.at(-1)?.toLowerCase() ?? '');
  return { sure, rest: sure ? args.slice(0, -1) : args };
}
