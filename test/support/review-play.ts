/** What people do in a review, as clicks: for journeys. */
import type { ShownCard } from './playground.ts';
import type { World } from './world.ts';

/** A mark of a ballot or a self-review: 0–10, or `x` for "don't know" (ballots only). */
export type Mark = number | 'x';

/** Fills every select of a form whose name is not in `texts`; texts get a sentence. */
export function fillSelfReview(
  card: ShownCard,
  mark: (star: string, index: number) => number,
  words = '按计划完成',
): Record<string, string> {
  const fields = card.fields();
  return Object.fromEntries(
    fields.map((name, i) => [
      name,
      ['achievements', 'shortcomings', 'direction'].includes(name) ? words : String(mark(name, i)),
    ]),
  );
}

export async function fileSelfReview(world: World, no: string, mark: number): Promise<void> {
  const card = await world.as(no).ask('/自评', { form: 'self_review' });
  const pressed = await card.press(
    'submit',
    fillSelfReview(card, () => mark),
  );
  if (pressed.toast?.type !== 'success')
    throw new Error(`self-review of ${no} refused: ${JSON.stringify(pressed.toast)}`);
}

/** From an open review to open ballots: sign-ins of `present`, agenda, start. @returns the secretary's console */
export async function runMeeting(
  world: World,
  secretary: string,
  branch: string,
  present: readonly string[],
): Promise<ShownCard> {
  const console = await world.as(secretary).ask('/评议', { button: 'start_meeting' });
  await console.press('start_meeting');
  const key = `branch:${branch}`;
  for (const no of present) {
    const card = world.hasChat(key)
      ? await world.inChat(no, key, { button: 'sign_in' })
      : await world.as(no).card({ button: 'sign_in' });
    const { card: _, ...outcome } = await card.press('sign_in');
    if (outcome.toast?.type !== 'success') throw new Error(`sign-in of ${no} refused: ${JSON.stringify(outcome)}`);
  }
  let now = await world.as(secretary).ask('/评议', { button: 'agenda_next' });
  while (now.has('agenda_next')) now = (await now.press('agenda_next')).card;
  return (await now.press('start_ballot')).card;
}

export interface Cast {
  toast: string;
  receipt: string;
}

export type MarkOf = (subject: string, star: string, index: number) => Mark;

/** Fills in page after page. `mark` says what is marked. @returns the check before casting */
export async function fillBallot(world: World, no: string, mark: MarkOf, card?: ShownCard): Promise<ShownCard> {
  let page = card ?? (await world.as(no).ask('/投票', { title: /测评票|Ballot/i }));
  for (let i = 0; i < 80 && !page.has('ballot_cast'); i++) {
    const form = page.view.forms[0];
    if (form === undefined) throw new Error(`no form on: ${page.text}`);
    const subject = form.name.replace(/^ballot_/, '');
    const values = Object.fromEntries(
      form.fields.map((field, index) => [field.name, String(mark(subject, field.name, index))]),
    );
    const button = page.has('ballot_next') ? 'ballot_next' : 'ballot_review';
    const pressed = await page.press(button, values);
    if (!pressed.replaced)
      throw new Error(`${button} of ${no} led nowhere: ${JSON.stringify(pressed.toast ?? pressed)}`);
    page = pressed.card;
  }
  return page;
}

/** The receipt a card shows; empty when it shows none. */
export const receiptIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '';

/** Presses the button that casts. */
export async function castFilled(check: ShownCard): Promise<Cast> {
  const done = await check.press('ballot_cast');
  return { toast: done.toast?.type ?? 'none', receipt: receiptIn(done.card.text) };
}

/** Fills in page after page and casts. */
export const castBallot = async (world: World, no: string, mark: MarkOf, card?: ShownCard): Promise<Cast> =>
  castFilled(await fillBallot(world, no, mark, card));
