/** What every page of a ballot has around and in it. */
import { html, raw } from 'hono/html';
import { when } from '../../../cards/shared/when.ts';
import { type Locale, type Translate, translator } from '../../i18n.ts';
import { periodName } from '../../period-name.ts';
import type { Owed } from '../../usecases/ballot/web-page.ts';
import type { Html } from '../board-page.ts';
import { BALLOT_STYLE } from './style.ts';

export interface PageContext {
  t: Translate;
  locale: Locale;
  timezone: string;
  /** Where forms go, seen from this page: the bot may stand behind any path. */
  action: string;
}

interface Layout {
  locale: Locale;
  title: string;
  /** As wide as the screen. */
  matrix?: boolean;
  body: Html;
}
export const layout = ({ locale, title, matrix = false, body }: Layout): Html => html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>${title}</title>
<style>${raw(BALLOT_STYLE)}</style>
</head>
<body${matrix ? raw(' class="matrix"') : ''}>
<main>
${body}
</main>
</body>
</html>
`;

export const none: Html = html``;
export const hidden = (fields: Readonly<Record<string, string>>): Html =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;

export const ballotTitle = (t: Translate, { branchName, period }: Pick<Owed, 'branchName' | 'period'>): string =>
  t('ballot.title', { branch: branchName, period: periodName(t, period) });

/** Whom a button is about, for those who hear it alone: many buttons of a page have the same words. */
export const about = (name: string, t: Translate): Html => html`<span class="sr">${t('common.colon')}${name}</span>`;

/** The ballots that are still to be cast, each with the way to it that fits the screen. */
export function owedList(owed: readonly Owed[], ticket: string, { t, locale, timezone, action }: PageContext): Html {
  return html`${owed.map(
    (one) => html`<section>
<h2>${ballotTitle(t, one)}</h2>
${one.until === null ? none : html`<p class="soft">${t('webballot.until', { until: when(one.until, timezone, locale) })}</p>`}
<form method="post" action="${action}" autocomplete="off">
${hidden({ t: ticket, r: one.review })}
<div class="row">
<button class="main wide" name="do" value="open.table">${t('webballot.open_ballot')}${about(one.branchName, t)}</button>
<button class="main narrow" name="do" value="open.pages">${t('webballot.open_ballot')}${about(one.branchName, t)}</button>
<button class="wide" name="do" value="open.pages">${t('webballot.open_pages')}${about(one.branchName, t)}</button>
</div>
</form>
</section>
`,
  )}`;
}

const CLOSED = {
  expired: ['webballot.expired_title', 'webballot.expired'],
  unknown: ['webballot.unknown_title', 'webballot.unknown'],
  junk: ['webballot.junk_title', 'webballot.junk'],
  failed: ['webballot.failed_title', 'webballot.failed'],
} as const;

/** For whoever cannot be told apart from a stranger: both languages. */
export function closedPage(why: keyof typeof CLOSED): Html {
  const [title, text] = CLOSED[why];
  const [zh, en] = [translator('zh-CN'), translator('en')];
  return layout({
    locale: 'zh-CN',
    title: zh(title),
    body: html`<h1>${zh(title)}</h1>
<p>${zh(text)}</p>
<section lang="en">
<h2>${en(title)}</h2>
<p>${en(text)}</p>
</section>`,
  });
}
