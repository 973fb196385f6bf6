/** Everything that is particular to DingTalk ends in this folder; the rest of the program sees only `ChatPlatform`. */
import { randomBytes } from 'node:crypto';
import type { Card } from '../../card.ts';
import {
  type ChatPlatform,
  type ClickAnswer,
  type Incoming,
  type IncomingClick,
  SEND_FAILURES,
  type SendResult,
} from '../platform.ts';
import { budgetOf } from './budget.ts';
import { TEMPLATE_VERSION } from './card-data.ts';
import { parseClick, templateVersion } from './click.ts';
import { createDingTalkClient } from './client.ts';
import { type DingTalkConfig, dingtalkSecrets } from './config.ts';
import { deadlineIn, SEND_WITHIN_MS } from './deadline.ts';
import { createFileSender } from './files.ts';
import { createMediaCache } from './media-cache.ts';
import { createRobotSender } from './robot-sender.ts';
import { textMessage } from './text-message.ts';
import { CARD_MAX_BYTES, CLICK_ANSWER_MS, RECIPIENT_PER_SECOND } from './limits.ts';
import { type Concern, parseMessage } from './message.ts';
import { paceOf } from './pace.ts';
import { renderAnswer, renderCard } from './render.ts';
import { createSaid } from './said.ts';
import { createSessionReply, type ReplyAddress } from './session-reply.ts';
import { openStream, type StreamConnection } from './stream.ts';
import { isTemplateRefusal } from './errors.ts';
import { isMadeWith, recipientOf, recipientOfTrack, trackId } from './track.ts';
import { createCardUpdates } from './updates.ts';
import { verifyPush } from './verify.ts';

export type { DingTalkConfig } from './config.ts';

export interface DingTalkDeps {
  log?: { warn(sentence: string): void };
  /** Unix ms. */
  now?: () => number;
  /** Told of each call and each push that DingTalk counts by the month. */
  meter?: { count(kind: 'call' | 'push'): void; flush(): Promise<void> };
  /** What somebody hears whose user id DingTalk keeps back; they hear nothing when absent. */
  noUserId?: string;
  /** Told what drew a card that was tapped: a version of our template, 0 for one that is not ours. */
  templates?: { seen(templateId: string, version: number): void; flush(): Promise<void> };
  /** How long a group's card may lag behind for those who did not click, ms. */
  groupRefreshMs?: number;
  /** How long a message may take with all its calls, ms. */
  sendWithinMs?: number;
}

const QUIET = { warn: () => undefined };
const CONCERNS: Readonly<Record<Concern | 'template', { everyMs: number; sentence: string }>> = {
  quota: {
    everyMs: 24 * 3_600_000,
    sentence:
      'dingtalk: the pushes of this month are used up; messages arrive without text until the next month or a larger plan',
  },
  template: {
    everyMs: 24 * 3_600_000,
    sentence:
      'dingtalk: the template in DINGTALK_CARD_TEMPLATE_ID is not the card-template.json of this version; "tenstar doctor" says what to import',
  },
  no_user_id: {
    everyMs: 3_600_000,
    sentence:
      'dingtalk: a message came without a user id; publish a version of the app, and note that people outside the organisation cannot take part',
  },
};

/** The adapter for one app. Makes no call by itself. */
export function createDingTalkPlatform(config: DingTalkConfig, deps: DingTalkDeps = {}): ChatPlatform {
  const log = deps.log ?? QUIET;
  const now = deps.now ?? Date.now;
  const { meter } = deps;
  const secrets = dingtalkSecrets(config);
  const budget = budgetOf(config.plan);
  const client = createDingTalkClient(config, { now, count: () => meter?.count('call') });
  const robot = createRobotSender(client);
  const files = createFileSender(createMediaCache(client, now), robot);
  const { groupRefreshMs, ...pace } = paceOf(config.plan);
  const updates = createCardUpdates(update, deps.groupRefreshMs ?? groupRefreshMs, () =>
    log.warn('dingtalk: a group’s card could not be brought up to date'),
  );
  const said = createSaid();
  let stream: StreamConnection | null = null;
  let registering: Promise<SendResult> | null = null;
  const silentUntil = new Map<keyof typeof CONCERNS, number>();

  const newRev = () => randomBytes(6).toString('base64url');
  const sessions = createSessionReply(config, { now, count: () => meter?.count('push') });
  const replies = new Set<Promise<void>>();
  const concern = (what: keyof typeof CONCERNS, reply?: ReplyAddress) => {
    if (reply !== undefined && deps.noUserId !== undefined) {
      const said = sessions.say(reply, deps.noUserId).finally(() => replies.delete(said));
      replies.add(said);
    }
    const { everyMs, sentence } = CONCERNS[what];
    if (now() < (silentUntil.get(what) ?? 0)) return;
    silentUntil.set(what, now() + everyMs);
    log.warn(sentence);
  };
  /** Only of cards made with the template that is set: older ones may still be drawn by another, and should be. */
  function noteTemplate(outTrackId: string, body: Readonly<Record<string, unknown>>): void {
    const { cardTemplateId: id } = config;
    if (id === null || !isMadeWith(outTrackId, id)) return;
    const version = templateVersion(body);
    if (version === null) return;
    if (version !== TEMPLATE_VERSION) concern('template');
    deps.templates?.seen(id, version);
  }
  function read(
    kind: 'message' | 'click',
    body: Readonly<Record<string, unknown>>,
    delivery: string,
    at: number,
  ): Incoming {
    meter?.count('push');
    if (kind === 'message') return parseMessage(body, config.clientId, concern);
    const click = parseClick(body, { appId: config.clientId, now: at, delivery, secret: secrets.cardSecret });
    if (click.kind === 'click') noteTemplate(click.messageId, body);
    return click;
  }
  function answer(given: ClickAnswer, click?: IncomingClick): Record<string, unknown> {
    const group = click !== undefined && recipientOfTrack(click.messageId)?.kind === 'chat';
    if (group && given.toast !== undefined) said.note(click.messageId, click.sender.userId);
    if (group && given.card !== undefined) updates.later(click.messageId, given.card); // parity rule `group_update_delayed`
    return renderAnswer(given, { rev: newRev(), group });
  }
  async function update(outTrackId: string, card: Card): Promise<SendResult> {
    const to = recipientOfTrack(outTrackId);
    if (to === null) return { ok: false, reason: 'bad_request', code: 'outTrackId' };
    const data = renderCard(card, newRev());
    const refused = tooLarge(data);
    if (refused !== null) return refused;
    const answered = to.kind === 'chat' ? said.take(outTrackId) : [];
    const result = await client.updateCard(outTrackId, to, data, answered);
    if (result.ok || answered.length === 0) return result;
    // Somebody among them may have left the organisation; that must not keep the others from the new state.
    if (SEND_FAILURES[result.reason] !== 'retry') return client.updateCard(outTrackId, to, data);
    for (const userId of answered) said.note(outTrackId, userId);
    return result;
  }
  /** Clicks on a card go where they were registered to go when it was sent. */
  async function registered(): Promise<SendResult> {
    if (config.transport === 'stream') return { ok: true, messageId: '' };
    registering ??= client.registerCallback();
    const result = await registering;
    if (!result.ok) registering = null;
    return result;
  }

  return {
    name: 'dingtalk',
    appId: config.clientId,
    limits: { ...pace, perRecipientPerSecond: RECIPIENT_PER_SECOND },
    answerWithinMs: CLICK_ANSWER_MS,
    ...(budget === null ? {} : { budget }),
    receive: (request) => {
      const verified = verifyPush(secrets, request);
      return verified.kind === 'rejected'
        ? verified
        : { kind: 'incoming', incoming: read(verified.kind, verified.body, verified.timestamp, request.now) };
    },
    answer,
    send: async ({ to: addressed, content, idempotencyKey }) => {
      const to = recipientOf(addressed);
      const by = deadlineIn(deps.sendWithinMs ?? SEND_WITHIN_MS);
      if (content.kind === 'file') return files.send(to, content, idempotencyKey, by);
      const asText = () => robot.send(to, textMessage(content.card), idempotencyKey, by);
      // Parity rule `text_without_template`; `plain` is asked for by clients that show no cards.
      if (content.card.plain === true || config.cardTemplateId === null) return asText();
      const outTrackId = trackId(to, idempotencyKey, config.cardTemplateId);
      if (outTrackId === null) return { ok: false, reason: 'bad_request', code: 'outTrackId' };
      const data = renderCard(content.card, newRev());
      const refused = tooLarge(data);
      if (refused !== null) return refused;
      const route = await registered();
      if (!route.ok) return route;
      const summary = content.card.summary ?? content.card.title;
      const result = await client.sendCard({ to, outTrackId, data, summary }, by);
      return isTemplateRefusal(result) ? asText() : result;
    },
    update: (messageId, card) => updates.now(messageId, card),
    findByMobile: async (mobiles) => {
      const found = new Map<string, string>();
      for (const mobile of new Set(mobiles)) {
        const userId = await client.findByMobile(mobile);
        if (userId !== null) found.set(mobile, userId);
      }
      return found;
    },
    // DingTalk tells a robot nothing about itself.
    self: async () => {
      await client.checkToken();
      if (config.cardTemplateId === null)
        log.warn(
          'dingtalk: DINGTALK_CARD_TEMPLATE_ID is not set, so every message is plain text and people vote on the web ballot',
        );
      return { name: config.robotCode, userId: config.robotCode };
    },
    // Nor which groups it is in (parity rule `chat_known_by_mention`).
    chats: () => Promise.resolve([]),
    ...(config.transport === 'stream'
      ? {
          connect: async (handle) => {
            stream = openStream(config, {
              log,
              handle: async (kind, body, messageId) => {
                const incoming = read(kind, body, messageId, now());
                const given = await handle(incoming);
                return given === null ? null : answer(given, incoming.kind === 'click' ? incoming : undefined);
              },
            });
            await stream.ready;
          },
        }
      : {}),
    close: async () => {
      stream?.close();
      stream = null;
      await Promise.all(replies);
      await updates.flush();
      await meter?.flush();
      await deps.templates?.flush();
    },
  };
}

const tooLarge = (data: object): SendResult | null =>
  Buffer.byteLength(JSON.stringify(data)) > CARD_MAX_BYTES
    ? { ok: false, reason: 'too_large', code: 'card-size' }
    : null;
