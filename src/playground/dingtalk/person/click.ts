/** A person presses a button of a DingTalk card: what the client, then the platform, make of it (platform/dingtalk.md §2.6, §2.7). */
import { callbackContent, type CardView, type DataButton, readCardData } from '../../../platform/dingtalk/card-data.ts';
import type { Click, ClickResult } from '../../app/click.ts';
import { onScreen, taps } from '../../app/double-tap.ts';
import type { Context } from '../../context.ts';
import type { Json, Message, Person } from '../../tenant.ts';
import type { DingTalkApp } from '../app.ts';
import type { Cards } from '../card/cards.ts';
import { type CardInstance, dataFor, shownTo, updated } from '../card/instance.ts';
import { FOREIGN_BUTTON } from '../card/show.ts';
import type { DingTalkPusher } from '../push/push.ts';
import { fillForm } from './form.ts';
import { readAnswer, WRONG_ANSWER } from './read-answer.ts';

export interface DingTalkClicker {
  click(person: Person, message: Message, card: CardInstance, click: Click): Promise<ClickResult>;
  /** Sends what no client would. `action` is as on Feishu: `name`, `value` and `form_value`. */
  forge(person: Person, message: Message, card: CardInstance, action: Json): Promise<ClickResult>;
}

/** Data that says how the last click went; not a new state of the card. */
const ONLY_SAID = new Set(['toast', 'toast_kind', 'rev']);
const plain = (content: string): Json => ({ tag: 'plain_text', content });

export function createClicker(app: DingTalkApp, ctx: Context, cards: Cards, pusher: DingTalkPusher): DingTalkClicker {
  const { faults, world } = ctx;

  async function send(person: Person, message: Message, card: CardInstance, content: string): Promise<ClickResult> {
    const { userId, unionId } = person.dingtalk;
    const body = {
      type: 'actionCallback',
      outTrackId: card.outTrackId,
      corpId: app.corpId,
      userId: card.userIdType === 2 ? unionId : userId,
      content,
    };
    const chat = world.chats.get(message.chatId);
    const spaceId = chat?.type === 'p2p' ? userId : message.chatId;
    const where = { spaceType: 'im', spaceId, userIdType: card.userIdType, extension: '{}' };
    const before = { public: card.public, private: card.private, seen: card.seen };
    message.openClicks += 1;
    let answers: ReturnType<typeof readAnswer>[];
    try {
      answers = (await taps(ctx, () => pusher.click(card, body, where))).map(readAnswer);
    } finally {
      message.openClicks -= 1;
    }
    // The client goes back to what it showed before the click, and an update that came meanwhile is gone.
    if (faults.click_patch === 'revert' && card.private !== before.private) cards.replace(card, before);
    return onScreen(
      answers.map((answer) => (answer.ok ? apply(person, card, answer) : { code: answer.code, detail: answer.detail })),
    );
  }

  /** Shows the answer to the one who clicked; everybody else keeps what they see. */
  function apply(person: Person, card: CardInstance, answer: Extract<ReturnType<typeof readAnswer>, { ok: true }>) {
    const { openId } = person;
    const own = new Map(card.private);
    const seen = new Map(card.seen);
    if (answer.private) own.set(openId, updated(own.get(openId), answer.private, answer.byKey.private));
    if (answer.public) seen.set(openId, updated(seen.get(openId) ?? card.public, answer.public, answer.byKey.public));
    if (!answer.private && !answer.public) return {};
    const problem = cards.replace(card, { private: own, seen }, openId);
    if (problem) return { code: WRONG_ANSWER, detail: `${problem.refused}: ${problem.message}` };
    const { toast } = viewOf(card, openId);
    const changes = Object.keys({ ...answer.public, ...answer.private }).some((key) => !ONLY_SAID.has(key));
    return {
      ...(toast === null ? {} : { toast: { type: toast.kind, content: toast.text } }),
      ...(changes ? { card: shownTo(card, openId) } : {}),
    };
  }

  return {
    async click(person, message, card, click) {
      if (card.drawnBy === 'foreign') {
        return click.name === FOREIGN_BUTTON.id
          ? send(person, message, card, JSON.stringify({ cardPrivateData: { actionIds: [click.name], params: {} } }))
          : { refused: 'no_such_component' };
      }
      const view = viewOf(card, person.openId);
      const found = findButton(view, click.name);
      if (!found) return { refused: 'no_such_component' };
      const { button, submits } = found;
      const how = { required: app.switches.required, numbers: app.switches.numbers, untouched: faults.untouched };
      const filled = submits && view.form ? fillForm(view.form, click.form ?? {}, how) : null;
      if (filled && filled.blocked.length > 0) return { blocked: filled.blocked };
      if (click.confirmed === false && button.ct !== undefined) {
        return { confirm: { title: plain(button.ct), text: plain(button.cm ?? '') } };
      }
      if (button.url !== undefined) return { url: button.url };
      return send(person, message, card, callbackContent(view, button, filled?.values, card.drawnBy));
    },
    forge(person, message, card, action) {
      const view = viewOf(card, person.openId);
      const { name, value, form_value: form } = action;
      const button = { id: String(name), text: '', color: 'gray', act: JSON.stringify(value ?? {}) } as const;
      return send(person, message, card, callbackContent({ ...view, state: '' }, button, form as Json | undefined));
    },
  };
}

const viewOf = (card: CardInstance, openId: string): CardView =>
  card.drawnBy === 'foreign' ? readCardData({}) : readCardData(dataFor(card, openId), card.drawnBy);

function findButton(view: CardView, id: string): { button: DataButton; submits: boolean } | null {
  const submit = view.formButtons.find((button) => button.id === id);
  if (submit) return view.form === null ? null : { button: submit, submits: true };
  const button = view.sections.flatMap(({ buttons }) => buttons).find((one) => one.id === id);
  return button ? { button, submits: false } : null;
}
