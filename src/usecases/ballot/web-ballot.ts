/**
 * The ballot as a web page, without the page: what is asked for by a link or a form, and what is to be shown. Every request is judged
 * anew by the roll as it is now. Turning pages writes nothing; casting goes the same way as from a card.
 */
import type { Draft } from '../../ballot/draft.ts';
import { TenstarError } from '../../errors.ts';
import type { Locale } from '../../i18n.ts';
import { type BallotAccess, owedBy } from '../../store/ballot-access.ts';
import { findPerson } from '../../store/roster.ts';
import type { Use } from '../../use.ts';
import {
  asMarked,
  firstIncomplete,
  isUniform,
  newDraft,
  openPaper,
  type Paper,
  type PaperRefusal,
  seal,
  unseal,
} from './paper.ts';
import { issueTicket, readTicket, type Ticket, type TicketPurpose } from './ticket.ts';
import { type CellProblem, fillCells, restUnknown, untouchedOn } from './web-form.ts';

type Deps = Pick<Use, 'db' | 'keys' | 'caster' | 'linkSecret' | 'config' | 'now'>;

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
  field(name: string): string | null;
}

export interface Owed {
  review: string;
  branchName: string;
  period: string;
  /** Unix ms. */
  until: number | null;
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

interface Visitor extends Ticket {
  locale: Locale;
}

/** Whose ticket it is, if they are still here: people who left are strangers, as in the chat. */
async function visitorOf(
  use: Deps,
  text: string,
  purposes: readonly TicketPurpose[],
): Promise<Visitor | Extract<WebPage, { page: 'closed' }>> {
  const ticket = await readTicket(use, text, purposes);
  if (!ticket.ok) return { page: 'closed', reason: ticket.reason === 'expired' ? 'expired' : 'unknown' };
  const person = await findPerson(use.db.read, ticket.value.person);
  if (person === null || person.leftOn !== null) return { page: 'closed', reason: 'unknown' };
  return { ...ticket.value, locale: person.locale ?? use.config.defaultLocale };
}

const owedNow = async (use: Deps, person: string): Promise<readonly Owed[]> =>
  (await owedBy(use.db.read, person, use.now())).map(owedOf);
const owedOf = ({ review, branchName, period, until }: BallotAccess): Owed => ({ review, branchName, period, until });

export interface WebBallot {
  /** What a link opens: everything this person can still cast. Reads only, since chats fetch links before anybody presses them. */
  list(link: string): Promise<WebPage>;
  /** Answers a form. Whatever is refused comes back as it was filled in. */
  answer(request: WebRequest): Promise<WebPage>;
}

/** A button pressed twice sends the form twice, and the browser shows the second answer: for this long it is the first one, receipt and all. */
const SAME_ANSWER_MS = 10_000;

export function createWebBallot(use: Deps): WebBallot {
  const casts = new Map<string, Promise<WebPage>>();
  return {
    list: (link) => listBallots(use, link),
    answer(request) {
      if (request.step.kind !== 'cast' || !request.sure || request.draft === '') return answerForm(use, request);
      const key = `${request.ticket} ${request.draft}`; // a draft is sealed anew for every page, so this is one page's button
      const known = casts.get(key);
      if (known !== undefined) return known;
      const answer = answerForm(use, request);
      casts.set(key, answer);
      const forget = () => casts.delete(key);
      answer.then(
        (page) => (page.page === 'done' ? void setTimeout(forget, SAME_ANSWER_MS).unref() : forget()),
        forget,
      );
      return answer;
    },
  };
}

async function listBallots(use: Deps, link: string): Promise<WebPage> {
  const visitor = await visitorOf(use, link, ['link']);
  if ('page' in visitor) return visitor;
  return { page: 'list', locale: visitor.locale, ticket: link, owed: await owedNow(use, visitor.person) };
}

async function answerForm(use: Deps, request: WebRequest): Promise<WebPage> {
  const { step } = request;
  const visitor = await visitorOf(use, request.ticket, step.kind === 'open' ? ['link', 'form'] : ['form']);
  if ('page' in visitor) return visitor;
  const paper = await openPaper(use, request.review, visitor.person, use.now());
  if (!paper.ok) return refused(use, visitor, request.ticket, paper.reason);
  if (step.kind === 'open') {
    const { ticket, until } = await issueTicket(use, visitor.person, 'form');
    return onPaper(use, { ...visitor, until }, paper.value, { ticket, mode: step.mode }, newDraft(paper.value)).form(
      [],
    );
  }
  const draft = unseal(use, paper.value, request.draft);
  if (!draft.ok) return { ...onPaper(use, visitor, paper.value, request, newDraft(paper.value)).form([]), stale: true };
  return turn(use, visitor, paper.value, { ...request, step }, draft.value);
}

/** Pages about one paper. */
function onPaper(
  use: Deps,
  visitor: Visitor,
  paper: Paper,
  { ticket, mode }: Pick<WebRequest, 'ticket' | 'mode'>,
  draft: Draft,
) {
  const shown = {
    locale: visitor.locale,
    ticket,
    paper,
    draft,
    mode,
    until: visitor.until,
    sealed: seal(use, paper, draft),
  };
  const uniform = paper.uniform !== 'off' && isUniform(draft) ? paper.uniform : 'no';
  return {
    form: (problems: readonly CellProblem[]) => ({ ...shown, page: 'form' as const, problems, stale: false }),
    check: (problem: 'none' | 'not_sure' | 'busy' = 'none') => ({
      ...shown,
      page: 'check' as const,
      uniform: uniform as 'no' | 'warn' | 'reject',
      problem,
    }),
  };
}

/** A form that is open already. */
type OpenForm = WebRequest & { step: Exclude<WebStep, { kind: 'open' }> };

async function turn(use: Deps, visitor: Visitor, paper: Paper, request: OpenForm, before: Draft): Promise<WebPage> {
  const { mode, field } = request;
  const last = paper.lines.length - 1;
  const { draft, problems } = fillCells(paper, before, field, mode === 'pages' ? before.page : null);
  const page = (n: number) => Math.min(Math.max(n, 0), last);
  const show = (shown: Draft, to: Pick<WebRequest, 'ticket' | 'mode'> = request) =>
    onPaper(use, visitor, paper, to, shown);
  /** The check, or the form at the first place where something is missing. */
  const finish = (): WebPage => {
    if (problems.length > 0) return show(draft).form(problems);
    const missing = firstIncomplete(draft);
    if (missing === null) return show(draft).check();
    return show({ ...draft, page: missing }).form(untouchedOn(paper, draft, missing));
  };
  switch (request.step.kind) {
    case 'back':
      return show({ ...draft, page: page(draft.page - 1) }).form([]);
    case 'next':
      if (problems.length > 0) return show(draft).form(problems);
      return draft.page < last ? show({ ...draft, page: draft.page + 1 }).form([]) : finish();
    case 'check':
      return finish();
    case 'switch':
      return show(draft, { ...request, mode: request.step.mode }).form([]);
    case 'edit':
      return show({ ...draft, page: page(request.step.line) }).form([]);
    case 'unknown': {
      const { line } = request.step;
      return show(restUnknown(draft, page(line))).form(
        problems.filter((problem) => problem.line !== line && problem.why === 'bad'),
      );
    }
    case 'cast':
      return firstIncomplete(draft) === null ? cast(use, visitor, paper, request, draft) : finish();
  }
}

async function cast(use: Deps, visitor: Visitor, paper: Paper, request: WebRequest, draft: Draft): Promise<WebPage> {
  const show = onPaper(use, visitor, paper, request, draft);
  if (paper.uniform === 'reject' && isUniform(draft)) return show.check();
  if (!request.sure) return show.check('not_sure');
  const { review, rollNo, branchName, period } = paper.access;
  try {
    const verdict = await use.caster.cast({ review, rollNo, person: paper.person, marks: asMarked(paper, draft) });
    if (!verdict.ok)
      return verdict.reason === 'incomplete'
        ? show.form([])
        : await refused(use, visitor, request.ticket, verdict.reason);
    // Whoever has just cast goes on with the next ballot: the time starts again, as often as there is a ballot to cast.
    const { ticket } = await issueTicket(use, visitor.person, 'form');
    return {
      page: 'done',
      locale: visitor.locale,
      ticket,
      branchName,
      period,
      receipt: verdict.value.receipt,
      owed: await owedNow(use, visitor.person),
    };
  } catch (error) {
    if (error instanceof TenstarError && error.code === 'overloaded') return show.check('busy');
    throw error;
  }
}

async function refused(use: Deps, { person, locale }: Visitor, ticket: string, reason: PaperRefusal): Promise<WebPage> {
  return { page: 'refused', locale, ticket, reason, owed: await owedNow(use, person) };
}
