/** An open form of the web ballot: its pages are turned without writing anything, and it is cast the same way as a card. */
import type { Draft } from '../../ballot/draft.ts';
import { TenstarError } from '../../errors.ts';
import type { Locale } from '../../i18n.ts';
import { type BallotAccess, owedBy } from '../../store/ballot-access.ts';
import type { Use } from '../../use.ts';
import { asMarked, firstIncomplete, isUniform, type Paper, type PaperRefusal, seal } from './paper.ts';
import { rulesOf } from '../versions.ts';
import { issueTicket, type Ticket } from './ticket.ts';
import { type CellProblem, fillCells, restUnknown, untouchedOn } from './web-form.ts';
import type { Owed, WebPage, WebRequest, WebStep } from './web-page.ts';

export type WebDeps = Pick<Use, 'db' | 'keys' | 'caster' | 'linkSecret' | 'config' | 'now'>;
/** Whoever holds the ticket. */
export interface Visitor extends Ticket {
  locale: Locale;
}

export const owedNow = async (use: WebDeps, person: string): Promise<readonly Owed[]> =>
  Promise.all((await owedBy(use.db.read, person, use.now())).map((access) => owedOf(use, access)));
const owedOf = async (use: WebDeps, { review, branchName, period, until, rules }: BallotAccess): Promise<Owed> => {
  const { ballot, retention } = await rulesOf(use.db.read, rules);
  return { review, branchName, period, until, keptDays: retention.raw_ballots_days, abstain: ballot.abstain };
};

/** Pages about one paper. */
export function onPaper(
  use: WebDeps,
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
  const uniform: 'no' | 'warn' | 'reject' = paper.uniform !== 'off' && isUniform(draft) ? paper.uniform : 'no';
  return {
    form: (problems: readonly CellProblem[]) => ({ ...shown, page: 'form' as const, problems, stale: false }),
    check: (problem: 'none' | 'not_sure' | 'busy' = 'none') => ({
      ...shown,
      page: 'check' as const,
      uniform,
      problem,
    }),
  };
}

/** A form that is open already. */
type OpenForm = WebRequest & { step: Exclude<WebStep, { kind: 'open' }> };

/** Turns the page of an open form, checks it or casts it. */
export async function turn(
  use: WebDeps,
  visitor: Visitor,
  paper: Paper,
  request: OpenForm,
  before: Draft,
): Promise<WebPage> {
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
      return show(restUnknown(paper, draft, page(line))).form(
        problems.filter((problem) => problem.line !== line && problem.why === 'bad'),
      );
    }
    case 'cast':
      return firstIncomplete(draft) === null ? cast(use, visitor, paper, request, draft) : finish();
  }
}

async function cast(use: WebDeps, visitor: Visitor, paper: Paper, request: WebRequest, draft: Draft): Promise<WebPage> {
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
    const owed = await owedNow(use, visitor.person).catch(() => []); // cast is cast: nothing that fails now may say otherwise
    return {
      page: 'done',
      locale: visitor.locale,
      ticket,
      branchName,
      period,
      receipt: verdict.value.receipt,
      owed,
    };
  } catch (error) {
    if (error instanceof TenstarError && error.code === 'overloaded') return show.check('busy');
    throw error;
  }
}

export async function refused(
  use: WebDeps,
  { person, locale }: Visitor,
  ticket: string,
  reason: PaperRefusal,
): Promise<WebPage> {
  return { page: 'refused', locale, ticket, reason, owed: await owedNow(use, person) };
}
