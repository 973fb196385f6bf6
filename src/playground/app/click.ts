/** A person presses a button or uses a component of a card: what the client app, then the platform, make of it. */
import { CARD_UPDATE_MAX_AGE_MS } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import type { UpdateTokens } from '../feishu/card-update.ts';
import type { Attempt, Pusher } from '../push/push.ts';
import type { Json, Message, Person } from '../world.ts';
import { callbackValue, type Found, findNamed, linkOf, optionValues } from './card-view.ts';
import { onScreen, type Shown, taps } from './double-tap.ts';
import { fillForm, hasPicker } from './form-values.ts';
import { readAnswer, type Toast } from './read-answer.ts';

export interface Click {
  name: string;
  form?: Json | undefined;
  /** Of a component that stands alone, outside a form. */
  option?: string | undefined;
  options?: string[] | undefined;
  checked?: boolean | undefined;
  input_value?: string | undefined;
  /** False: a dialog is reported instead of being taken as confirmed. */
  confirmed?: boolean | undefined;
}

export type ClickResult =
  /** Nothing was sent: the client shows a prompt at these fields. */
  | { blocked: string[] }
  | { refused: 'not_visible' | 'no_card' | 'no_such_component' | 'disabled' | 'expired' | 'bad_option' }
  | { confirm: Json }
  | { url: string }
  | { reset: true }
  /** Sent and answered; `code` is what the user would see when it failed. */
  | { code?: number; detail?: string; toast?: Toast; card?: Json };

export interface Clicker {
  click(person: Person, message: Message | undefined, click: Click): Promise<ClickResult>;
  /** Sends an action no client would send: for tests of what the bot must not believe. */
  forge(person: Person, message: Message, action: Json): Promise<ClickResult>;
}

export function createClicker(ctx: Context, pusher: Pusher, tokens: UpdateTokens): Clicker {
  const { world, clock, faults, dingtalk } = ctx;

  async function send(person: Person, message: Message, action: Json): Promise<ClickResult> {
    const before = message.card ?? {};
    const event = () => ({
      operator: {
        tenant_key: world.tenantKey,
        open_id: person.openId,
        union_id: person.unionId,
        user_id: person.userId,
      },
      token: tokens.issue(message),
      action,
      host: 'im_message',
      context: { open_message_id: message.messageId, open_chat_id: message.chatId },
    });
    message.openClicks += 1;
    const patched = message.updated;
    let shown: Shown;
    try {
      const attempts = await taps(ctx, () => pusher.callback('card.action.trigger', event()));
      shown = onScreen(attempts.map((attempt) => readOne(attempt, before)));
    } finally {
      message.openClicks -= 1;
    }
    if (shown.card) replace(message, shown.card);
    // the client goes back to what it showed before the click, and a patch that came meanwhile is gone
    else if (faults.click_patch === 'revert' && message.updated !== patched) replace(message, before);
    return shown;
  }

  function readOne(attempt: Attempt, before: Json): Shown {
    const answer = readAnswer(attempt, before);
    if (!answer.ok) return { code: answer.code, detail: answer.detail };
    return { ...(answer.toast ? { toast: answer.toast } : {}), ...(answer.card ? { card: answer.card } : {}) };
  }

  function replace(message: Message, card: Json) {
    message.card = card;
    message.updated = clock.now();
    world.touch(message);
  }

  return {
    async click(person, message, click) {
      if (!message || !world.chats.get(message.chatId)?.members.has(person.openId)) return { refused: 'not_visible' };
      if (!message.card || message.recalled) return { refused: 'no_card' };
      if (message.template) {
        return dingtalk?.clicker.click(person, message, message.template, click) ?? { refused: 'no_card' };
      }
      if (clock.now() - message.created > CARD_UPDATE_MAX_AGE_MS) return { refused: 'expired' };
      const found = findNamed(message.card, click.name);
      if (!found) return { refused: 'no_such_component' };
      if (found.element['disabled'] === true) return { refused: 'disabled' };
      const built = found.tag === 'button' ? press(found, click, faults.untouched) : use(found, click);
      return 'action' in built ? send(person, message, built.action) : built;
    },
    forge: (person, message, action) =>
      message.template && dingtalk
        ? dingtalk.clicker.forge(person, message, message.template, action)
        : send(person, message, action),
  };
}

type Built = { action: Json } | ClickResult;

function press({ element, form }: Found, click: Click, untouched: 'empty' | 'missing'): Built {
  if (form && element['form_action_type'] === 'reset') return { reset: true };
  const submits = form !== null && element['form_action_type'] === 'submit';
  const filled = submits ? fillForm(form, click.form ?? {}, untouched) : null;
  if (filled && filled.blocked.length > 0) return { blocked: filled.blocked };
  if (click.confirmed === false && element['confirm'] !== undefined) return { confirm: element['confirm'] as Json };
  const value = callbackValue(element);
  const url = linkOf(element);
  if (value === null && !submits && url !== null) return { url };
  return {
    action: {
      tag: 'button',
      name: nameOf(element),
      value: value ?? {},
      ...(submits && hasPicker(form) ? { timezone: 'Asia/Shanghai' } : {}),
      ...(filled ? { form_value: filled.values } : {}),
    },
  };
}

/** A component that stands alone reports its new value at once. */
function use({ tag, element, form }: Found, click: Click): Built {
  if (form) return { refused: 'no_such_component' }; // inside a form nothing is sent before the submit
  const { option, options, checked, input_value: input } = click;
  if (option !== undefined && tag.includes('select_') && !optionValues(element).includes(option)) {
    return { refused: 'bad_option' };
  }
  return {
    action: {
      tag,
      name: nameOf(element),
      value: callbackValue(element) ?? {},
      ...(option === undefined ? {} : { option }),
      ...(options === undefined ? {} : { options }),
      ...(checked === undefined ? {} : { checked }),
      ...(input === undefined ? {} : { input_value: input }),
    },
  };
}

const nameOf = (element: Json): string => (typeof element['name'] === 'string' ? element['name'] : '');
