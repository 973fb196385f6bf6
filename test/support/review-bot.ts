/**
 * A bot that holds a review with the names of the real cards and none of the rules: enough to see whether the playground can play
 * the people of one. Sign-in in the group, self-reviews and ballots in private, a console for the secretary.
 */
import type { Push, Script } from './echo-bot.ts';
import { aCard, type Stage, words } from './feishu-calls.ts';

const act = (name: string, a: string, r: string, more: object = {}) => ({
  tag: 'button',
  name,
  text: words(name),
  behaviors: [{ type: 'callback', value: { a, r } }],
  ...more,
});
const inForm = { form_action_type: 'submit' };
const marks = (name: string) => ({
  tag: 'select_static',
  name,
  options: [...Array.from({ length: 11 }, (_, n) => String(n)), 'x'].map((value) => ({ text: words(value), value })),
});

const SUBJECTS = ['E0001', 'E0002', 'branch'];
const pageOf = (r: string, n: number) =>
  aCard({
    tag: 'form',
    name: `ballot_${SUBJECTS[n]}`,
    elements: [
      marks('integrity'),
      marks('teamwork'),
      n === SUBJECTS.length - 1
        ? act('ballot_review', 'ballot_review', r, inForm)
        : act('ballot_next', 'ballot_next', r, inForm),
      ...(n === 0 ? [] : [act('ballot_back', 'ballot_back', r, inForm)]),
    ],
  });
const checkCard = (r: string) =>
  aCard(
    act('ballot_cast', 'ballot_cast', r, { confirm: { title: words('投出？'), text: words('不能改') } }),
    ...SUBJECTS.map((subject) => act(`ballot_edit_${subject}`, 'ballot_edit', r)),
  );
const selfReview = (r: string) =>
  aCard({
    tag: 'form',
    name: 'self_review',
    elements: [
      { ...marks('integrity'), required: true },
      { tag: 'input', name: 'achievements', required: true, max_length: 20 },
      act('submit', 'self_review', r, inForm),
    ],
  });

const STATES = ['preparing', 'meeting', 'agenda', 'balloting', 'tallied', 'confirmed', 'notice'] as const;
const NEXT: Partial<Record<(typeof STATES)[number], string>> = {
  preparing: 'start_meeting',
  meeting: 'agenda_next',
  agenda: 'start_ballot',
  balloting: 'close_ballot',
  tallied: 'confirm_results',
  confirmed: 'publish_results',
};

export interface ReviewBot {
  /** By open_id: forms as they came. */
  selfReviews: Map<string, unknown>;
  casts: Map<string, unknown[]>;
  signedIn: Set<string>;
  readonly state: (typeof STATES)[number];
  sendBallots(r: string, to: readonly string[]): Promise<void>;
  sendSelfReviews(r: string, to: readonly string[]): Promise<void>;
}

/** Answers as the bot of a stage from now on. `electors` get a ballot when the secretary starts it. */
export function holdReview(stage: Stage, electors: readonly string[]): ReviewBot {
  const pages = new Map<string, number>();
  const filled = new Map<string, unknown[]>();
  let state = 0;
  const at = () => STATES[state] ?? 'notice';
  const consoleCard = (r: string) =>
    aCard(
      act('refresh', 'console', r),
      ...(NEXT[at()] === undefined
        ? []
        : [act(NEXT[at()] ?? '', NEXT[at()] === 'confirm_results' ? 'confirm_form' : (NEXT[at()] ?? ''), r)]),
    );
  const confirmation = (r: string) =>
    aCard(
      {
        tag: 'form',
        name: 'confirmation',
        elements: [{ tag: 'input', name: 'reason_E0001' }, act('confirm_results', 'confirm_results', r, inForm)],
      },
      act('console', 'console', r),
    );
  const bot: ReviewBot = {
    selfReviews: new Map(),
    casts: new Map(),
    signedIn: new Set(),
    get state() {
      return at();
    },
    async sendBallots(r, to) {
      for (const person of to) await stage.send(person, pageOf(r, 0));
    },
    async sendSelfReviews(r, to) {
      for (const person of to) await stage.send(person, selfReview(r));
    },
  };
  const card = (data: object, toast?: { type: string; content: string }): Script => ({
    body: { card: { type: 'raw', data }, ...(toast ? { toast } : {}) },
  });

  async function click(push: Push): Promise<Script> {
    const { operator, action } = push.event as {
      operator: { open_id: string };
      action: { name: string; value: { a: string; r: string }; form_value?: Record<string, string> };
    };
    const { a, r } = action.value;
    const who = operator.open_id;
    const key = `${who} ${r}`;
    switch (a) {
      case 'sign_in':
        bot.signedIn.add(who);
        return { body: { toast: { type: 'success', content: '已签到' } } };
      case 'self_review':
        bot.selfReviews.set(who, action.form_value);
        return card(selfReview(r), { type: 'success', content: '已交' });
      case 'ballot_next':
      case 'ballot_review': {
        filled.set(key, [...(filled.get(key) ?? []), action.form_value]);
        pages.set(key, (pages.get(key) ?? 0) + 1);
        return card(a === 'ballot_review' ? checkCard(r) : pageOf(r, pages.get(key) ?? 0));
      }
      case 'ballot_cast':
        if (bot.casts.has(key)) return card(aCard(), { type: 'warning', content: '已投过' });
        bot.casts.set(key, filled.get(key) ?? []);
        return card(aCard(), { type: 'success', content: '已投出' });
      case 'console':
        return card(consoleCard(r));
      case 'confirm_form':
        return card(confirmation(r));
      default:
        state += 1;
        if (a === 'start_meeting') await stage.send(stage.team, aCard(act('sign_in', 'sign_in', r)));
        if (a === 'start_ballot') await bot.sendBallots(r, electors);
        return card(consoleCard(r), { type: 'success', content: '好' });
    }
  }

  stage.bot.answer = async (push) => {
    if (push.type === 'card.action.trigger') return click(push);
    const { message, sender } = push.event as {
      message?: { content: string };
      sender?: { sender_id: { open_id: string } };
    };
    if (message?.content.includes('/review')) await stage.send(sender?.sender_id.open_id ?? '', consoleCard('R1'));
    return {};
  };
  return bot;
}
