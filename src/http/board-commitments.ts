/** Commitments as a page (R59): every sheet of a branch, or one; read on a telephone, hung on a wall. */
import { html } from 'hono/html';
import { translator } from '../i18n.ts';
import type { BoardSheet, CommitmentBoard } from '../usecases/commit/publish.ts';
import { both, type Html, page } from './board-page.ts';

const zh = translator('zh-CN');
const en = translator('en');

function itemRow({ star, text, result, due, done }: BoardSheet['items'][number]): Html {
  return html`<li>${both(star.zh, star.en)}<br><strong>${text}</strong><br>${result} · <time datetime="${due}">${due}</time>${
    done ? html` <span class="outstanding">✓ ${both(zh('commit.board_done'), en('commit.board_done'))}</span>` : ''
  }</li>`;
}

const sheetPart = ({ name, items }: BoardSheet): Html => html`<section>
<h2>${name ?? both(zh('commit.board_branch'), en('commit.board_branch'))}</h2>
<ol>${items.map(itemRow)}</ol>
</section>
`;

/** Names, items and what is done of them; nothing about what is not (F12). @param single one sheet on a page of its own */
export function commitmentsPage({ branchName, year, sheets }: CommitmentBoard, single: boolean): Html {
  const [first] = sheets;
  const name = single ? first?.name : null;
  const title = name
    ? zh('commit.board_title_person', { name, year })
    : zh('commit.board_title', { branch: branchName, year });
  const english = name
    ? en('commit.board_title_person', { name, year })
    : en('commit.board_title', { branch: branchName, year });
  return page(
    title,
    html`<h1>${title}</h1>
<p lang="en">${english}</p>
<p>${both(zh('commit.board_intro'), en('commit.board_intro'))}</p>
${sheets.map(sheetPart)}`,
  );
}
