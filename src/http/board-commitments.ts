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

const list = (names: readonly { zh: string; en: string }[]): Html =>
  html`${names.map(({ zh, en }, i) => html`${i > 0 ? '、' : ''}${both(zh, en)}`)}`;
/** The standard of the post for its individual stars, in the language it was written in. */
const postPart = (post: BoardSheet['post']): Html | '' =>
  post === null
    ? ''
    : html`<p>${both(zh('stars.posts.board', { name: post.name }), en('stars.posts.board', { name: post.name }))}</p>
<ul>${post.stars.map((star) => html`<li>${both(star.zh, star.en)}：${star.indicators.map(({ zh: words }) => words).join('；')}</li>`)}</ul>
`;
const unitItemsPart = (items: CommitmentBoard['unitItems']): Html | '' =>
  items.length === 0
    ? ''
    : html`<section>
<h2>${both(zh('stars.items.board'), en('stars.items.board'))}</h2>
<ul>${items.map(
        ({ name, stars, from, to, ownerName }) =>
          html`<li><strong>${name}</strong>${ownerName === null ? '' : ` · ${ownerName}`}<br>${list(stars)} · <time datetime="${from}">${from}</time>—<time datetime="${to}">${to}</time></li>`,
      )}</ul>
</section>
`;

const sheetPart = ({ name, items, post }: BoardSheet): Html => html`<section>
<h2>${name ?? both(zh('commit.board_branch'), en('commit.board_branch'))}</h2>
${postPart(post)}<ol>${items.map(itemRow)}</ol>
</section>
`;

/** Names, items and what is done of them; nothing about what is not (F12). @param single one sheet on a page of its own */
export function commitmentsPage({ branchName, year, sheets, unitItems }: CommitmentBoard, single: boolean): Html {
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
${sheets.map(sheetPart)}${unitItemsPart(unitItems)}`,
  );
}
