/** One way in for everything a platform delivers: who it is, what was asked, at most once, answered. */
import { Temporal } from 'temporal-polyfill';
import type { ActionContext, ActionDefinition, ClickOutcome } from '../action-def.ts';
import { info, warning } from '../action-def.ts';
import type { Viewer } from '../card-def.ts';
import type { Command, CommandAnswer } from '../command.ts';
import { readCommand } from '../domain/command-text.ts';
import { nearest } from '../domain/nearest.ts';
import { type Locale, translator } from '../i18n.ts';
import type { ClickAnswer, Incoming, IncomingClick, IncomingMessage, PlatformName } from '../platform/platform.ts';
import { addChat, findChat } from '../store/chat.ts';
import type { Writer } from '../store/db.ts';
import { markReachable } from '../store/identity.ts';
import { claimDelivery } from '../store/inbox.ts';
import { type Actor, findActor, setPreferredPlatform } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { schemeNow } from './scheme/year-schemes.ts';
import { bindByCode } from './bind.ts';
import { loseChat } from './chat-lost.ts';
import type { ComposeCard } from './compose.ts';
import { sendFileToPeople, sendToChat, sendToPeople } from './notify.ts';
import { secondTapKeys } from './second-tap.ts';

/** Longest a click may wait where its platform is not (or no longer) in use. */
const ANSWER_WITHIN_MS = 1_500;

class DuplicateDelivery extends Error {}

export interface Dispatcher {
  /** @returns the answer to a click; null for everything else. */
  handle(incoming: Incoming): Promise<ClickAnswer | null>;
}

/**
 * Clicks of ballots and opinions note nothing about who made them (design.md 12.16). Nor is a message written when one fails after its
 * answer had to go out, for it would say who cast and when: whoever made it is asked to tap again, and is told then how it stands.
 */
const SECRET = /^(ballot|opinion)(_|$)/;

export function createDispatcher(
  use: Use,
  parts: { commands: readonly Command[]; actions: readonly ActionDefinition[]; compose: ComposeCard },
): Dispatcher {
  const commandByName = new Map(
    parts.commands.flatMap((command) => [command.name, ...command.zh].map((name) => [name, command] as const)),
  );
  const actionByName = new Map(parts.actions.map((action) => [action.name, action]));
  const localeOf = (actor: Actor | null): Locale => actor?.locale ?? use.config.defaultLocale;
  const today = (now: number): string =>
    Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(use.config.timezone).toPlainDate().toString();

  async function once<T>(
    platform: string,
    keys: readonly string[],
    now: number,
    fn: (tx: Writer) => Promise<T>,
  ): Promise<T> {
    return use.db.write(async (tx) => {
      if (!(await claimDelivery(tx, platform, keys, today(now)))) throw new DuplicateDelivery();
      return fn(tx);
    });
  }

  /** A chat is known from the news that the bot was added; where a platform does not tell, from the first message in it. */
  async function meetChat(tx: Writer, { chat, sender }: IncomingMessage, now: number): Promise<void> {
    if (chat.type !== 'group' || chat.name === undefined) return;
    if ((await findChat(tx, sender.platform, chat.id))?.active !== true)
      await enterChat(tx, sender.platform, { id: chat.id, name: chat.name }, now);
  }

  async function enterChat(
    tx: Writer,
    platform: PlatformName,
    chat: { id: string; name: string },
    now: number,
  ): Promise<void> {
    await addChat(tx, platform, chat.id, chat.name);
    await sendToChat(
      tx,
      platform,
      chat.id,
      { card: 'chat_setup', args: { chat: chat.id, platform } },
      { now, urgent: true },
    );
  }

  async function answerCommand(
    tx: Writer,
    message: IncomingMessage,
    actor: Actor,
    now: number,
    afterCommit: (work: () => Promise<void>) => void,
  ): Promise<CommandAnswer> {
    const typed = readCommand(message.text);
    if (typed === null) return { card: 'notice', args: { key: 'not_a_command' } };
    const command = commandByName.get(typed.name);
    if (command === undefined) {
      const meant = nearest(typed.name, [...commandByName.keys()]);
      return {
        card: 'notice',
        args: meant === null ? { key: 'unknown_command' } : { key: 'did_you_mean', command: meant },
      };
    }
    return command.run({
      actor,
      args: typed.args,
      chat: message.chat,
      platform: message.sender.platform,
      now,
      use,
      tx,
      afterCommit,
      t: translator(localeOf(actor)),
    });
  }

  async function onMessage(message: IncomingMessage): Promise<void> {
    const now = use.now();
    const { platform, appId, userId } = message.sender;
    let after: (() => Promise<void>)[] = [];
    await once(platform, message.dedupeKeys, now, async (tx) => {
      after = []; // the transaction may run again after a lost lock
      await meetChat(tx, message, now);
      const actor = await findActor(tx, platform, appId, userId);
      if (actor === null) {
        // A code that was shown to a whole group is not taken there.
        const ref =
          message.chat.type === 'private'
            ? await bindByCode(tx, message, now)
            : { card: 'notice', args: { key: 'write_privately' } };
        await sendToChat(tx, platform, message.chat.id, ref, { now, urgent: true });
        return;
      }
      await setPreferredPlatform(tx, actor.employeeNo, platform);
      await markReachable(tx, platform, appId, userId);
      const { here, files = [], ...ref } = await answerCommand(tx, message, actor, now, (work) => after.push(work));
      if (message.chat.type === 'group' && here === true) {
        await sendToChat(tx, platform, message.chat.id, ref, { now, urgent: true });
        return;
      }
      await sendToPeople(tx, [actor.employeeNo], ref, { now, urgent: true });
      for (const file of files) await sendFileToPeople(tx, [actor.employeeNo], file, { now, urgent: true });
      if (message.chat.type === 'group')
        await sendToChat(
          tx,
          platform,
          message.chat.id,
          { card: 'notice', args: { key: 'sent_privately' } },
          { now, urgent: true },
        );
    });
    use.wake();
    for (const work of after) await work();
  }

  /** The person gets a sentence instead of silence; the delivery counts as seen, so a message that cannot be handled is not tried for hours. */
  async function tellFailure(message: IncomingMessage): Promise<void> {
    const now = use.now();
    await once(message.sender.platform, message.dedupeKeys, now, (tx) =>
      sendToChat(
        tx,
        message.sender.platform,
        message.chat.id,
        { card: 'notice', args: { key: 'failed' } },
        { now, urgent: true },
      ),
    );
    use.wake();
  }

  function logFailure(incoming: Incoming, error: unknown): void {
    // Neither who clicked nor what was filled in: a log line must not tell who voted when.
    const button = incoming.kind === 'click' ? { button: incoming.action?.a } : {};
    use.log.error({ err: error, event: incoming.kind, ...button }, 'could not handle an event');
  }

  const secret = ({ action }: IncomingClick): boolean => action === null || SECRET.test(action.a);

  /** A click that failed after "still working" was said: nobody waits for its answer any more, so a message brings the news. */
  async function failedLate(click: IncomingClick, failure: unknown): Promise<void> {
    logFailure(click, failure);
    if (secret(click)) return;
    const { platform, appId, userId } = click.sender;
    try {
      const actor = await findActor(use.db.read, platform, appId, userId);
      if (actor === null) return;
      const ref = { card: 'notice', args: { key: 'failed_late' } };
      await use.db.write((tx) => sendToPeople(tx, [actor.employeeNo], ref, { now: use.now(), urgent: true }));
      use.wake();
    } catch (error) {
      logFailure(click, error);
    }
  }

  async function answerInTime(click: IncomingClick): Promise<ClickAnswer> {
    const ms = use.platforms.get(click.sender.platform)?.answerWithinMs ?? ANSWER_WITHIN_MS;
    const key = secret(click) ? 'notice.still_working_tap' : 'notice.still_working';
    const late = { toast: info(translator(use.config.defaultLocale)(key)) };
    return within(ms, onClick(click), late, (failure) => void failedLate(click, failure));
  }

  async function onClick(click: IncomingClick): Promise<ClickAnswer> {
    const now = use.now();
    const { platform, appId, userId } = click.sender;
    const actor = await findActor(use.db.read, platform, appId, userId);
    const locale = localeOf(actor);
    const t = translator(locale);
    if (actor === null) return { toast: warning(t('notice.stranger_click')) };
    const definition = click.action === null ? undefined : actionByName.get(click.action.a);
    if (click.action === null || definition === undefined) return { toast: warning(t('notice.old_card')) };
    // Ballot pages live in private chats only and are opened by a sealed draft; every other click may come from a group.
    const sealed = 'd' in click.action;
    const group = !sealed && (await findChat(use.db.read, platform, click.chat.id)) !== null;
    const context: ActionContext = {
      action: click.action,
      actor,
      form: click.form,
      buttonName: click.buttonName,
      chat: { id: click.chat.id, group },
      platform,
      now,
      use,
      t,
      locale,
      terms: schemeNow(use, now).rules.retention,
      write: (fn) =>
        once(platform, [...click.dedupeKeys, ...secondTapKeys(click, now)], now, async (tx) => {
          if (!SECRET.test(definition.name)) await setPreferredPlatform(tx, actor.employeeNo, platform);
          return fn(tx);
        }),
    };
    let outcome: ClickOutcome;
    try {
      outcome = await definition.run(context);
    } catch (error) {
      if (error instanceof DuplicateDelivery) return { toast: info(t('notice.received')) };
      throw error;
    }
    if (!sealed) use.wake(); // turning a page and casting put nothing into the outbox, and looking at it costs as much as the turn
    return toAnswer(outcome, {
      person: group ? null : actor.employeeNo,
      locale: group ? use.config.defaultLocale : locale,
    });
  }

  async function toAnswer(outcome: ClickOutcome, viewer: Viewer): Promise<ClickAnswer> {
    const card =
      outcome.card === undefined
        ? null
        : 'ready' in outcome.card
          ? outcome.card.ready
          : await parts.compose(outcome.card, viewer);
    // What the button leads to is no longer there: said, instead of a tap without an answer.
    if (outcome.card !== undefined && card === null && outcome.toast === undefined)
      return { toast: warning(translator(viewer.locale)('notice.old_card')) };
    return { ...(outcome.toast ? { toast: outcome.toast } : {}), ...(card ? { card } : {}) };
  }

  async function onChat(incoming: Extract<Incoming, { kind: 'bot_added' | 'bot_removed' }>): Promise<void> {
    const now = use.now();
    const { platform } = incoming.sender;
    await once(platform, incoming.dedupeKeys, now, async (tx) => {
      if (incoming.kind === 'bot_added') {
        await enterChat(tx, platform, incoming.chat, now);
        return;
      }
      await loseChat(tx, use, platform, incoming.chat, now);
    });
    use.wake();
  }

  async function onPrivateOpened(incoming: Extract<Incoming, { kind: 'private_opened' }>): Promise<void> {
    const now = use.now();
    const { platform, appId, userId } = incoming.sender;
    await once(platform, incoming.dedupeKeys, now, async (tx) => {
      const actor = await findActor(tx, platform, appId, userId);
      // The platform reports every opening of the chat; one greeting per person is enough.
      if (actor !== null)
        await sendToPeople(tx, [actor.employeeNo], { card: 'help', args: {} }, { now, once: 'greeting' });
    });
    use.wake();
  }

  return {
    async handle(incoming) {
      try {
        switch (incoming.kind) {
          case 'message':
            await onMessage(incoming);
            return null;
          case 'click':
            return await answerInTime(incoming);
          case 'bot_added':
          case 'bot_removed':
            await onChat(incoming);
            return null;
          case 'private_opened':
            await onPrivateOpened(incoming);
            return null;
          case 'ignored':
            return null;
        }
      } catch (error) {
        if (error instanceof DuplicateDelivery) return null;
        logFailure(incoming, error);
        if (incoming.kind === 'message') await tellFailure(incoming);
        if (incoming.kind !== 'click') return null;
        return { toast: { type: 'error', text: translator(use.config.defaultLocale)('notice.failed') } };
      }
    },
  };
}

/** The value of `work`, or `late` when it takes longer; the work itself goes on, and `failedLate` is told when it fails after that. */
async function within<T>(ms: number, work: Promise<T>, late: T, failedLate: (failure: unknown) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      work.catch(failedLate);
      resolve(late);
    }, ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
