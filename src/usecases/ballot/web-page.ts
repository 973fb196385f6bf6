/** What is asked of the web ballot, and what it shows: data only, for the use case on one side and HTTP on the other. */
import type { Draft } from '../../ballot/draft.ts';
import type { Locale } from '../../i18n.ts';
import type { Paper, PaperRefusal } from './paper.ts';
import type { CellProblem } from './web-form.ts';

/** `table`: all subjects on one page, for large screens; `pages`: one subject a page, for telephones. */
export const WEB_MODES = ['table', 'pages'] as const;
export type WebMode = (typeof WEB_MODES)[number];

/** What a button of the page asks for. */
export type WebStep =
  | { kind: 'open'; mode: WebMode }
  | { kind: 'next' | 'back' | 'check' | 'cast' }
  | { kind: 'switch'; mode: WebMode }
  /** Lines are counted from 0. */
  | { kind: 'unknown' | 'edit'; line: number };

/** A form that was sent. */
export interface WebRequest {
  ticket: string;
  review: string;
  mode: WebMode;
  step: WebStep;
  draft: string;
  /** That the box "I am sure" was ticked. */
  sure: boolean;
  /** The value of a cell; null when it was not sent. */
  field: (name: string) => string | null;
}

export interface Owed {
  review: string;
  branchName: string;
  period: string;
  /** Unix ms. */
  until: number | null;
  /** Days after the final result by which raw ballots are destroyed. */
  keptDays: number;
  /** Whether 不了解 may be chosen. */
  abstain: boolean;
}
interface Shown {
  locale: Locale;
  ticket: string;
}
/** A paper that is filled in, on the way to being cast. */
interface OnPaper extends Shown {
  paper: Paper;
  draft: Draft;
  sealed: string;
  mode: WebMode;
  /** When the form is no longer taken, Unix ms. */
  until: number;
}
export type WebPage =
  | (Shown & { page: 'list'; owed: readonly Owed[] })
  | (OnPaper & { page: 'form'; problems: readonly CellProblem[]; stale: boolean })
  | (OnPaper & { page: 'check'; uniform: 'no' | 'warn' | 'reject'; problem: 'none' | 'not_sure' | 'busy' })
  | (Shown & { page: 'done'; branchName: string; period: string; receipt: string; owed: readonly Owed[] })
  | (Shown & { page: 'refused'; reason: PaperRefusal; owed: readonly Owed[] })
  | { page: 'closed'; reason: 'expired' | 'unknown' };
