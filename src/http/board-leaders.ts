/** Leaders' attendance of a year as a page (R67): names and dates, to be read on a telephone or hung on a wall. */
import { html } from 'hono/html';
import { attendedTitle } from '../attended-title.ts';
import { translator } from '../i18n.ts';
import type { LeadersYear } from '../usecases/meeting/leaders.ts';
import { both, type Html, page } from './board-page.ts';

const zh = translator('zh-CN');
const en = translator('en');

function row(attended: LeadersYear['rows'][number]): Html {
  const chinese = attendedTitle(attended, zh);
  const english = attendedTitle(attended, en);
  return html`<tr>
<th scope="row">${attended.name}</th>
<td><time datetime="${attended.date}">${attended.date}</time></td>
<td>${chinese === english ? chinese : both(chinese, english)}</td>
</tr>
`;
}

export function leadersPage({ branchName, year, rows }: LeadersYear): Html {
  const title = `${branchName} ${zh('meeting.leaders_title', { year })}`;
  return page(
    title,
    html`<h1>${title}</h1>
<p lang="en">${en('meeting.leaders_title', { year })}</p>
${
  rows.length === 0
    ? html`<p>${both(zh('meeting.leaders_none'), en('meeting.leaders_none'))}</p>`
    : html`<table>
<thead><tr>
<th scope="col">${both(zh('meeting.leader'), en('meeting.leader'))}</th>
<th scope="col">${both(zh('meeting.plan.date'), en('meeting.plan.date'))}</th>
<th scope="col">${both(zh('meeting.what_held'), en('meeting.what_held'))}</th>
</tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table>`
}`,
  );
}
