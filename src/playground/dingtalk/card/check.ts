/** Whether DingTalk takes a card's data, and whether a client shows all of it (platform/dingtalk.md §2.3, §2.12). */
import type { CardData } from '../../../platform/dingtalk/card-data.ts';
import { lintCardData, type Problem } from '../../../platform/dingtalk/lint.ts';
import { type Refused, refuse } from '../answer.ts';
import type { DingTalkApp } from '../app.ts';
import { type CardInstance, dataFor } from './instance.ts';

/** What was left out since the start, for whoever looks; kept in bounds. */
const KEPT_PROBLEMS = 1_000;

export interface Checker {
  /** The first problem of a card as these people would see it (null: nobody in particular). */
  check(card: CardInstance, viewers: readonly (string | null)[]): Refused | null;
  /** A set of data by itself: moderation looks at what is sent. */
  unsafe(data: CardData): Refused | null;
  problems: Problem[];
}

export function createChecker(app: DingTalkApp): Checker {
  const { switches } = app;
  const problems: Problem[] = [];
  return {
    problems,
    check(card, viewers) {
      if (card.drawnBy === 'foreign') return null; // its own variables; nobody here knows which
      for (const viewer of viewers) {
        for (const problem of lintCardData(dataFor(card, viewer))) {
          if (problem.severity === 'warning') continue;
          const refused = problem.severity === 'error' || switches.hidden === 'refuse';
          if (refused) return refuse(problem.code, `${problem.path}: ${problem.message}`);
          problems.push(problem);
          if (problems.length > KEPT_PROBLEMS) problems.shift();
        }
      }
      return null;
    },
    unsafe(data) {
      const word = switches.unsafe_word;
      return word !== '' && Object.values(data).some((value) => value.includes(word))
        ? refuse('param.contentUnsafe', 'the content is not allowed')
        : null;
    },
  };
}
