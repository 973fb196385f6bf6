/** The other pages of a ballot: the list of what is owed, the check, the receipt, and a refusal. */
import { html } from 'hono/html';
import { daysName } from '../../term-name.ts';
import type { PaperRefusal } from '../../usecases/ballot/paper.ts';
import type { WebPage } from '../../usecases/ballot/web-page.ts';
import type { Html } from '../board-page.ts';
import { about, ballotTitle, hidden, layout, none, owedList, type PageContext } from './layout.ts';
import { type Line, partsOf, starName } from './lines.ts';

type Page<P extends WebPage['page']> = Extract<WebPage, { page: P }>;

export function listPage({ owed, ticket }: Page<'list'>, context: PageContext): Html {
  const { t, locale } = context;
  const title = t('webballot.list_title');
  return layout({
    locale,
    title,
    body:
      owed.length === 0
        ? html`<h1>${title}</h1>
<p>${t('webballot.list_none')}</p>`
        : html`<h1>${title}</h1>
<p>${t(owed.some(({ abstain }) => abstain) ? 'ballot.ask' : 'ballot.ask_all')}</p>
<p>${t('ballot.who', { days: daysName(t, Math.max(...owed.map(({ keptDays }) => keptDays))) })}</p>
<p class="soft">${t('webballot.limits')}</p>
${owed.length > 1 ? html`<p>${t('webballot.list_many', { n: owed.length })}</p>` : none}
${owedList(owed, ticket, context)}`,
  });
}

/** Everything once more, with a way back to each line; casting takes a tick and a press. */
export function checkPage(page: Page<'check'>, context: PageContext): Html {
  const { t, locale, action } = context;
  const { paper, uniform, problem } = page;
  const fields = hidden({ t: page.ticket, r: paper.access.review, v: page.mode, d: page.sealed });
  const title = t('ballot.check_title');
  return layout({
    locale,
    title: problem === 'none' ? title : `${t('webballot.error_prefix')}: ${title}`,
    matrix: true,
    body: html`<h1>${title}</h1>
${problem === 'none' ? none : html`<p class="box bad" role="alert" tabindex="-1" autofocus>${problem === 'busy' ? t('webballot.busy') : html`<a href="#sure">${t('webballot.not_sure')}</a>`}</p>`}
<p>${ballotTitle(t, paper.access)}</p>
<p>${t('ballot.check_intro')}</p>
${uniform === 'no' ? none : html`<p class="box warn">${t(uniform === 'warn' ? 'ballot.check_uniform' : 'ballot.check_uniform_reject')}</p>`}
<form id="edit" method="post" action="${action}" autocomplete="off">${fields}</form>
${partsOf(t, paper).map(
  ({ caption, stars, lines }) => html`<table class="marks">
<caption>${caption}</caption>
<thead><tr><th scope="col">${t('webballot.people')}</th>${stars.map((star) => html`<th scope="col">${starName(star, locale)}</th>`)}</tr></thead>
<tbody>
${lines.map((line) => checkLine(page, line, context))}</tbody>
</table>
`,
)}${uniform === 'reject' ? none : castForm(page, fields, context)}
<p><button form="edit" name="do" value="edit.0">${t('webballot.change')}</button></p>`,
  });
}

function checkLine({ draft, mode }: Page<'check'>, { index, name }: Line, { t, action }: PageContext): Html {
  const cells = (draft.marks[index] ?? []).map(
    (mark) =>
      html`<td>${mark === 'x' ? html`<span aria-hidden="true">?</span><span class="sr">${t('common.dont_know')}</span>` : String(mark)}</td>`,
  );
  const target = mode === 'table' ? `${action}#s${index}` : action;
  return html`<tr><th scope="row"><div class="who"><span>${name}</span> <button class="small" form="edit" formaction="${target}" name="do" value="edit.${index}">${t('webballot.edit')}${about(name, t)}</button></div></th>${cells}</tr>
`;
}

function castForm({ uniform, problem }: Page<'check'>, fields: Html, { t, action }: PageContext): Html {
  return html`<form method="post" action="${action}" autocomplete="off" novalidate>
${fields}
<label class="sure" for="sure"><input type="checkbox" id="sure" name="sure" value="1"${problem === 'not_sure' ? html` aria-invalid="true"` : ''}>${t(uniform === 'warn' ? 'webballot.sure_uniform' : 'webballot.sure')}</label>
<div class="row"><button class="main" name="do" value="cast">${t('ballot.cast')}</button></div>
</form>`;
}

/** The only place the receipt is ever shown. */
export function donePage({ branchName, period, receipt, owed, ticket }: Page<'done'>, context: PageContext): Html {
  const { t, locale } = context;
  const title = t('webballot.done_title');
  return layout({
    locale,
    title,
    body: html`<h1>${title}</h1>
<p class="box good" role="status">${t('ballot.done')}</p>
<p>${ballotTitle(t, { branchName, period })}</p>
<h2>${t('ballot.receipt')}</h2>
<p class="receipt">${receipt}</p>
<p>${t('ballot.receipt_why')}</p>
${rest(owed, ticket, context)}`,
  });
}

const REASONS = {
  already_voted: 'ballot.already_text',
  not_elector: 'ballot.not_elector',
  not_open: 'ballot.not_open',
  window_over: 'ballot.window_over',
} as const satisfies Record<PaperRefusal, string>;

export function refusedPage({ reason, owed, ticket }: Page<'refused'>, context: PageContext): Html {
  const { t, locale } = context;
  const title = t(reason === 'already_voted' ? 'ballot.done_title' : 'webballot.refused_title');
  return layout({
    locale,
    title,
    body: html`<h1>${title}</h1>
<p class="box warn" role="status">${t(REASONS[reason])}</p>
${rest(owed, ticket, context)}`,
  });
}

function rest(owed: Page<'done'>['owed'], ticket: string, context: PageContext): Html {
  const { t } = context;
  return owed.length === 0
    ? html`<p class="soft">${t('webballot.finished')}</p>`
    : html`<p>${t('webballot.rest', { n: owed.length })}</p>\n${owedList(owed, ticket, context)}`;
}
