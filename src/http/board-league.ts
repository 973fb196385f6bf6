/** A league as a page: every branch in one table, which a card shows ten at a time. */
import { html } from 'hono/html';
import type { LeagueRow } from '../domain/league.ts';
import { translator } from '../i18n.ts';
import { periodName } from '../period-name.ts';
import type { LeagueView } from '../usecases/league-view.ts';
import { versionName } from '../version-name.ts';
import { both, type Html, page } from './board-page.ts';

const zh = translator('zh-CN');
const en = translator('en');

function moved({ move }: LeagueRow): Html | '' {
  if (move === null) return '';
  if (move === 0) return both(zh('result.same'), en('result.same'));
  const [key, n] = move > 0 ? (['result.up', move] as const) : (['result.down', -move] as const);
  return both(zh(key, { n }), en(key, { n }));
}

export function leaguePage({ period, districtName, rows, names, version }: LeagueView): Html {
  const title = zh('result.league_title', {
    scope: districtName ?? zh('result.league_city'),
    period: periodName(zh, period),
  });
  const english = en('result.league_title', {
    scope: districtName ?? en('result.league_city'),
    period: periodName(en, period),
  });
  const name = ({ branch }: LeagueRow) => names.get(branch) ?? branch;
  const ranked = rows.filter(({ rank }) => rank !== null);
  const unranked = rows.filter(({ rank }) => rank === null);
  const table = html`<table>
<thead><tr>
<th scope="col">${both(zh('result.branch'), en('result.branch'))}</th>
<th scope="col">${both(zh('result.rank'), en('result.rank'))}</th>
<th scope="col">${both(zh('result.points'), en('result.points'))}</th>
<th scope="col">${both(zh('result.move'), en('result.move'))}</th>
</tr></thead>
<tbody>
${ranked.map(
  (
    row,
  ) => html`<tr><th scope="row">${name(row)}</th><td>${row.rank}</td><td>${row.points}</td><td>${moved(row)}</td></tr>
`,
)}</tbody>
</table>
`;
  const others = html`<h2>${both(zh('result.unranked'), en('result.unranked'))}</h2>
<ul>${unranked.map((row) => {
    const key = `result.reason.${row.reason ?? 'no_figures'}` as const;
    return html`<li>${name(row)} · ${both(zh(key), en(key))}</li>`;
  })}</ul>
`;
  return page(
    title,
    html`<h1>${title}</h1>
<p lang="en">${english}</p>
${ranked.length === 0 ? html`<p>${both(zh('result.league_empty'), en('result.league_empty'))}</p>` : table}${
  unranked.length === 0 ? '' : others
}<p>${both(zh('result.league_note'), en('result.league_note'))}</p>
<p>${both(versionName(zh, version), versionName(en, version))}</p>`,
  );
}
