/** The board as a page: plain HTML that a telephone shows, a printer prints and no script touches. Chinese first, English beside it. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { periodName } from '../period-name.ts';
import { versionName } from '../version-name.ts';
import { translator } from '../i18n.ts';
import type { PublishedMember, PublishedResult } from '../usecases/published.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const zh = translator('zh-CN');
const en = translator('en');

/** Hashed into the content security policy, so it stands in the page exactly like this. */
export const BOARD_STYLE = `
:root { color-scheme: light dark; --line: #d5d9de; --soft: #5c6570; --star: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --line: #3a424c; --soft: #a2acb8; --star: #ff8a80; } }
body { margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 60rem; font: 1rem/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.3; }
[lang=en] { color: var(--soft); font-size: .875em; }
p { margin: .5rem 0; }
table { width: 100%; margin-top: 1rem; border-collapse: collapse; }
th, td { padding: .6rem .5rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
td > [lang=en], th > [lang=en] { display: block; font-weight: 400; }
th[scope=row] { min-width: 4.5em; overflow-wrap: anywhere; }
td.stars { width: 65%; }
td.level { white-space: nowrap; font-variant-numeric: tabular-nums; }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.1rem; }
ol { margin: 0; padding-inline-start: 1.5rem; }
ol > li { margin: .4rem 0; overflow-wrap: anywhere; }
ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none; }
.outstanding { color: var(--star); font-weight: 600; }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  th, td { border: 0; padding: .15rem 0; }
  td.stars { grid-column: 1 / -1; width: auto; }
}
@media print {
  :root { color-scheme: light; --line: #999; --soft: #444; --star: #000; }
  @page { margin: 16mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  tr, ol > li { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
}
`;

/** A whole page. `body` is ready HTML. */
export const page = (title: string, body: Html): Html => html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>${title}</title>
<style>${raw(BOARD_STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`;

/** Both languages, the second one quieter; for a screen reader each in its own voice. */
export const both = (chinese: string, english: string): Html => html`${chinese} <span lang="en">${english}</span>`;

function starItem({ zh: name, en: english, outstanding }: PublishedMember['stars'][number]): Html {
  if (!outstanding) return html`<li>${both(name, english)}</li>`;
  const mark = `${zh('result.outstanding')} ${en('result.outstanding')}`;
  return html`<li class="outstanding"><span role="img" aria-label="${mark}">★</span> ${both(name, english)}</li>`;
}

function memberRow({ name, level, stars }: PublishedMember): Html {
  // What was not won is absent (A45).
  const shown =
    level === null || level === 0
      ? ''
      : both(zh('result.level_short', { n: level }), en('result.level_short', { n: level }));
  return html`<tr>
<th scope="row">${name}</th>
<td class="level">${shown}</td>
<td class="stars"><ul>${stars.map(starItem)}</ul></td>
</tr>
`;
}

/** Names, levels and stars won, in the order of the roster (A45); never a score. */
export function boardPage({ branchName, review, version, members }: PublishedResult): Html {
  const title = zh('result.branch_title', { branch: branchName, period: periodName(zh, review.period) });
  const english = en('result.branch_title', { branch: branchName, period: periodName(en, review.period) });
  return page(
    title,
    html`<h1>${title}</h1>
<p lang="en">${english}</p>
<p>${both(zh('result.branch_intro_plain'), en('result.branch_intro_plain'))}</p>
<p><span class="outstanding">★</span> ${both(zh('result.outstanding'), en('result.outstanding'))}</p>
<table>
<thead><tr>
<th scope="col">${both(zh('result.name'), en('result.name'))}</th>
<th scope="col">${both(zh('result.level'), en('result.level'))}</th>
<th scope="col">${both(zh('result.stars'), en('result.stars'))}</th>
</tr></thead>
<tbody>
${members.map(memberRow)}</tbody>
</table>
<p>${both(versionName(zh, version), versionName(en, version))}</p>`,
  );
}

/** For a link that opens nothing (any more). */
export function noBoardPage(why: 'expired' | 'unknown'): Html {
  return page(
    zh('board.none_title'),
    html`<h1>${zh('board.none_title')}</h1>
<p>${zh(`board.${why}`)}</p>
<p lang="en">${en(`board.${why}`)}</p>`,
  );
}
