/** The ballot to fill in: all subjects as a matrix, or one subject a page. Nothing is filled in that the voter has not. */
import { html } from 'hono/html';
import { when } from '../../../cards/shared/when.ts';
import { markValues } from '../../domain/marks.ts';
import { firstIncomplete } from '../../usecases/ballot/paper.ts';
import { daysName } from '../../term-name.ts';
import type { WebPage } from '../../usecases/ballot/web-page.ts';
import { type CellProblem, cellName } from '../../usecases/ballot/web-form.ts';
import type { Html } from '../board-page.ts';
import { about, ballotTitle, hidden, layout, none, type PageContext } from './layout.ts';
import { type Line, lineOf, type Meaning, nameOfLine, partsOf, starName } from './lines.ts';

type FormPage = Extract<WebPage, { page: 'form' }>;

const cellId = (line: number, star: string): string => `c${line}-${star}`;

export function formPage(page: FormPage, context: PageContext): Html {
  const { t } = context;
  const { paper, mode, draft, problems } = page;
  const title = ballotTitle(t, paper.access);
  const name = nameOfLine(t, paper, draft.page);
  const where =
    mode === 'table'
      ? title
      : `${t('webballot.subject_page', { n: draft.page + 1, of: paper.lines.length })} · ${name}`;
  const heading =
    mode === 'table'
      ? html`<h1>${title}</h1>`
      : html`<h1>${name}</h1>\n<p class="soft">${title} · ${t('webballot.subject_page', { n: draft.page + 1, of: paper.lines.length })}</p>`;
  return layout({
    locale: context.locale,
    title: problems.length > 0 ? `${t('webballot.error_prefix')}: ${where}` : where,
    matrix: mode === 'table',
    body: html`${heading}
${page.stale ? html`<p class="box warn" role="alert">${t('webballot.stale')}</p>` : none}
${problems.length > 0 ? errorSummary(page, context) : none}
${mode === 'table' || draft.page === 0 ? introduction(page, context) : none}
<p class="soft">${t('webballot.progress', progressOf(page))}</p>
<form method="post" action="${context.action}" autocomplete="off" novalidate>
${hidden({ t: page.ticket, r: paper.access.review, v: mode, d: page.sealed })}
${mode === 'table' ? matrix(page, context) : onePage(page, context)}
</form>`,
  });
}

function progressOf({ draft }: FormPage): { done: number; of: number } {
  const all = draft.marks.flat();
  return { done: all.filter((mark) => mark !== null).length, of: all.length };
}

/** F6: what is asked, who sees what, how long it is kept; then as what one votes, and until when. */
function introduction({ paper, until }: FormPage, { t, locale, timezone }: PageContext): Html {
  const ends = paper.access.until;
  const said = (at: number) => ({ until: when(at, timezone, locale) });
  return html`<p>${t(paper.abstain ? 'ballot.ask' : 'ballot.ask_all')}</p>
<p>${t('ballot.who', { days: daysName(t, paper.keptDays) })}</p>
<p>${t('ballot.class', { category: t(`ballot.category.${paper.access.category}`) })}</p>
<p class="soft">${t('webballot.limits')}</p>
${!paper.abstain || paper.maxAbstainShare === '1' ? none : html`<p class="soft">${t('webballot.abstain_note', { share: paper.maxAbstainShare })}</p>`}
${ends === null ? none : html`<p class="soft">${t('webballot.until', said(ends))}</p>`}
${ends !== null && ends <= until ? none : html`<p class="soft">${t('webballot.page_until', said(until))}</p>`}`;
}

/** Names what is missing, person by person, each with a link to the first place; read out and focused when the page comes. */
function errorSummary({ paper, problems }: FormPage, { t, locale }: PageContext): Html {
  const byLine = new Map<number, CellProblem[]>();
  for (const problem of problems) byLine.set(problem.line, [...(byLine.get(problem.line) ?? []), problem]);
  const items = [...byLine].map(([index, found]) => {
    const { name, stars } = lineOf(t, paper, index);
    const missing = stars
      .filter(({ key }) => found.some(({ star }) => star === key))
      .map((star) => starName(star, locale));
    const said =
      missing.length === stars.length
        ? t('webballot.error_all', { name })
        : t('webballot.error_line', { name, stars: missing.join(t('common.and')) });
    return html`<li><a href="#${cellId(index, found[0]?.star ?? '')}">${said}</a></li>\n`;
  });
  return html`<div class="box bad" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
<h2 id="errors">${t('webballot.errors_title')}</h2>
<p>${t('webballot.errors_intro')}</p>
<ul>
${items}</ul>
</div>`;
}

function select(page: FormPage, { index }: Line, star: Meaning, position: number, { t }: PageContext): Html {
  const mark = page.draft.marks[index]?.[position] ?? null;
  const chosen = mark === null ? '' : String(mark);
  const problem = page.problems.find((one) => one.line === index && one.star === star.key);
  const id = cellId(index, star.key);
  const options = markValues(page.paper.abstain).map(
    (value) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${value === 'x' ? t('common.dont_know') : value}</option>`,
  );
  return html`<select id="${id}" name="${cellName(index, star.key)}"${problem === undefined ? '' : html` aria-invalid="true" aria-describedby="${id}-e"`}><option value="">—</option>${options}</select>${
    problem === undefined
      ? ''
      : html`<span class="error" id="${id}-e">${t(problem.why === 'untouched' ? 'webballot.untouched' : page.paper.abstain ? 'webballot.bad' : 'webballot.bad_all')}</span>`
  }`;
}

/** Fills up a person one does not know with one tap; the page comes back where it was. */
const restUnknownButton = ({ index, name }: Line, { t, action }: PageContext): Html =>
  html`<button class="small" name="do" value="unknown.${index}" formaction="${action}#s${index}">${t('webballot.rest_unknown')}${about(name, t)}</button>`;

function matrix(page: FormPage, context: PageContext): Html {
  const { t, locale } = context;
  const { paper } = page;
  const parts = partsOf(t, paper);
  return html`${parts.map(
    (part) => html`${meaning(part.stars, `${t('webballot.stars')} · ${part.caption}`, context)}
<table class="cells">
<caption>${part.caption}</caption>
<thead><tr><th scope="col">${t('webballot.people')}</th>${part.stars.map((star) => html`<th scope="col">${starName(star, locale)}</th>`)}</tr></thead>
<tbody>
${part.lines.map(
  (line) => html`<tr id="s${line.index}">
<th scope="row"><div class="who"><span>${line.name}</span> ${paper.abstain ? restUnknownButton(line, context) : none}</div>${line.feedbackOnly ? html`<p class="soft">${t('ballot.feedback_only')}</p>` : ''}${ownMeaning(line, context)}</th>
${part.stars.map(
  (
    star,
    i,
  ) => html`<td><label for="${cellId(line.index, star.key)}"><span class="sr">${line.name}${t('common.colon')}</span>${starName(star, locale)}</label>${select(page, line, star, i, context)}</td>
`,
)}</tr>
`,
)}</tbody>
</table>
`,
  )}
<div class="row">
<button class="main" name="do" value="check">${t('ballot.review')}</button>
<button name="do" value="switch.pages">${t('webballot.as_pages')}</button>
</div>`;
}

/** What each star is judged by, opened on demand. */
const meaning = (stars: readonly Meaning[], title: string, { locale }: PageContext): Html => html`<details>
<summary>${title}</summary>
<dl>
${stars.map((star) => html`<dt>${starName(star, locale)}</dt>\n<dd>${indicators(star, locale)}</dd>\n`)}</dl>
</details>`;
/** Beside a person whose post has indicators of its own (A39): what the list above the matrix does not say. */
function ownMeaning({ name, stars }: Line, context: PageContext): Html {
  const own = stars.filter(({ individual }) => individual);
  return own.length === 0 ? none : meaning(own, context.t('webballot.own_stars', { name }), context);
}
const indicators = (star: Meaning, locale: PageContext['locale']): Html =>
  html`<ul>${star.indicators.map((one) => html`<li>${starName(one, locale)}</li>`)}</ul>`;

function onePage(page: FormPage, context: PageContext): Html {
  const { t, locale } = context;
  const { paper, draft } = page;
  const line = lineOf(t, paper, draft.page);
  const last = draft.page === paper.lines.length - 1;
  const complete = firstIncomplete(draft) === null;
  return html`${line.feedbackOnly ? html`<p class="box warn">${t('ballot.feedback_only')}</p>` : none}
<div id="s${line.index}">
${line.stars.map(
  (star, i) => html`<div class="star">
<label for="${cellId(line.index, star.key)}">${starName(star, locale)}</label>
${select(page, line, star, i, context)}
<details><summary>${t('webballot.indicators')}${about(starName(star, locale), t)}</summary>${indicators(star, locale)}</details>
</div>
`,
)}</div>
${paper.abstain ? html`<p>${restUnknownButton(line, context)}</p>` : none}
<div class="row">
${last ? none : html`<button class="main" name="do" value="next">${t('ballot.next')}</button>`}
${last || complete ? html`<button class="${last ? 'main' : ''}" name="do" value="check">${t('ballot.review')}</button>` : none}
${draft.page === 0 ? none : html`<button name="do" value="back">${t('ballot.back')}</button>`}
<button class="wide" name="do" value="switch.table">${t('webballot.as_table')}</button>
</div>`;
}
