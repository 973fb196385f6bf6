/**
 * The ballot as a web page, without the page: what is asked for by a link or a form, and what is to be shown. Every request is judged
 * anew by the roll as it is now.
 */
import { findPerson } from '../../store/roster.ts';
import { newDraft, openPaper, unseal } from './paper.ts';
import { createSameAnswer } from './same-answer.ts';
import { issueTicket, readTicket, type TicketPurpose } from './ticket.ts';
import type { WebPage, WebRequest } from './web-page.ts';
import { onPaper, owedNow, refused, turn, type Visitor, type WebDeps } from './web-turn.ts';

/** Whose ticket it is, if they are still here: people who left are strangers, as in the chat. */
async function visitorOf(
  use: WebDeps,
  text: string,
  purposes: readonly TicketPurpose[],
): Promise<Visitor | Extract<WebPage, { page: 'closed' }>> {
  const ticket = await readTicket(use, text, purposes);
  if (!ticket.ok) return { page: 'closed', reason: ticket.reason === 'expired' ? 'expired' : 'unknown' };
  const person = await findPerson(use.db.read, ticket.value.person);
  if (person === null || person.leftOn !== null) return { page: 'closed', reason: 'unknown' };
  return { ...ticket.value, locale: person.locale ?? use.config.defaultLocale };
}

export interface WebBallot {
  /** What a link opens: everything this person can still cast. Reads only, since chats fetch links before anybody presses them. */
  list(link: string): Promise<WebPage>;
  /** Answers a form. Whatever is refused comes back as it was filled in. */
  answer(request: WebRequest): Promise<WebPage>;
}

export function createWebBallot(use: WebDeps): WebBallot {
  const casts = createSameAnswer<WebPage>(({ page }) => page === 'done');
  return {
    list: (link) => listBallots(use, link),
    answer(request) {
      if (request.step.kind !== 'cast' || !request.sure || request.draft === '') return answerForm(use, request);
      // A button pressed twice sends the form twice. A draft is sealed anew for every page, so this is one page's button.
      return casts.of([request.ticket, request.review, request.draft], () => answerForm(use, request));
    },
  };
}

async function listBallots(use: WebDeps, link: string): Promise<WebPage> {
  const visitor = await visitorOf(use, link, ['link']);
  if ('page' in visitor) return visitor;
  return { page: 'list', locale: visitor.locale, ticket: link, owed: await owedNow(use, visitor.person) };
}

async function answerForm(use: WebDeps, request: WebRequest): Promise<WebPage> {
  const { step } = request;
  const visitor = await visitorOf(use, request.ticket, step.kind === 'open' ? ['link', 'form'] : ['form']);
  if ('page' in visitor) return visitor;
  const paper = await openPaper(use, request.review, visitor.person, use.now());
  if (!paper.ok) return refused(use, visitor, request.ticket, paper.reason);
  if (step.kind === 'open') {
    // A form never makes another form's time longer; only a link starts it.
    const { ticket, until } =
      visitor.purpose === 'form'
        ? { ticket: request.ticket, until: visitor.until }
        : await issueTicket(use, visitor.person, 'form');
    const opened = { ticket, mode: step.mode };
    return onPaper(use, { ...visitor, until }, paper.value, opened, newDraft(paper.value)).form([]);
  }
  const draft = unseal(use, paper.value, request.draft);
  if (!draft.ok) return { ...onPaper(use, visitor, paper.value, request, newDraft(paper.value)).form([]), stale: true };
  return turn(use, visitor, paper.value, { ...request, step }, draft.value);
}
