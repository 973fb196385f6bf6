/** A robot message (platform/dingtalk.md §1.3), the same over HTTP and Stream. */
import { z } from 'zod';
import type { Incoming } from '../platform.ts';
import { typedText } from '../typed-text.ts';
import type { ReplyAddress } from './session-reply.ts';
import { privateChat } from './track.ts';

const optional = z.string().optional().catch(undefined);
const messageSchema = z.object({
  msgId: z.string().min(1),
  msgtype: z.string(),
  conversationType: optional,
  conversationId: z.string().min(1),
  conversationTitle: optional,
  senderStaffId: optional,
  chatbotUserId: optional,
  atUsers: z
    .array(z.object({ dingtalkId: optional, staffId: optional }).catch({ dingtalkId: undefined, staffId: undefined }))
    .catch([]),
  text: z.object({ content: z.string() }).optional().catch(undefined),
  content: z.unknown().optional(),
  sessionWebhook: optional,
  sessionWebhookExpiredTime: z.number().optional().catch(undefined),
});
type Message = z.infer<typeof messageSchema>;
const richText = z.object({ richText: z.array(z.object({ text: optional }).catch({ text: undefined })) });

/** Why a message was not read, where the operator should know. */
export type Concern = 'quota' | 'no_user_id';

/** @param concern called when a message is ignored for a reason the operator can do something about; `reply`: where its sender can be told */
export function parseMessage(
  body: Readonly<Record<string, unknown>>,
  appId: string,
  concern: (what: Concern, reply?: ReplyAddress) => void = () => undefined,
): Incoming {
  if (isQuotaNotice(body)) {
    concern('quota');
    return { kind: 'ignored', why: 'pushes of this month are used up' };
  }
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) return { kind: 'ignored', why: 'not a robot message' };
  const message = parsed.data;
  const text = textOf(message);
  if (text === null) return { kind: 'ignored', why: 'message without text' };
  const userId = message.senderStaffId;
  if (userId === undefined || userId === '') {
    concern('no_user_id', replyAddress(message));
    return { kind: 'ignored', why: 'sender without a user id' };
  }
  // Anything that is not surely private counts as a group: groups are shown less.
  const group = message.conversationType !== '1';
  return {
    kind: 'message',
    dedupeKeys: [`message:${message.msgId}`],
    sender: { platform: 'dingtalk', appId, userId },
    chat: group
      ? {
          id: message.conversationId,
          type: 'group',
          ...(message.conversationTitle === undefined ? {} : { name: message.conversationTitle }),
        }
      : { id: privateChat(userId), type: 'private' },
    text: tidy(text),
    mentions: message.atUsers.flatMap(({ dingtalkId, staffId }) =>
      staffId === undefined || staffId === '' || (dingtalkId !== undefined && dingtalkId === message.chatbotUserId)
        ? []
        : [{ userId: staffId, name: '' }],
    ),
  };
}

function replyAddress({
  sessionWebhook,
  sessionWebhookExpiredTime,
  conversationId,
}: Message): ReplyAddress | undefined {
  if (sessionWebhook === undefined) return undefined;
  const until = sessionWebhookExpiredTime === undefined ? {} : { until: sessionWebhookExpiredTime };
  return { url: sessionWebhook, ...until, chat: conversationId };
}

/** Both spellings of the page (§1.3). */
function isQuotaNotice(body: Readonly<Record<string, unknown>>): boolean {
  const code = body['errorCode'] ?? body['errCode'];
  return code === 20001 || code === '20001';
}

function textOf({ msgtype, text, content }: Message): string | null {
  if (msgtype === 'text') return text?.content ?? (typeof content === 'string' ? content : null);
  if (msgtype !== 'richText') return null;
  const runs = richText.safeParse(content).data?.richText;
  return runs === undefined ? null : runs.map((run) => run.text ?? '').join('');
}

/** Spaces of every width, but not line breaks. */
const SPACES = /[^\S\n]+/g;
/** Mentions are taken out by DingTalk; a client that leaves them in must not hide the command behind them. */
const LEADING_MENTIONS = /^(?:@\S+ )+(?=[/／])/;

function tidy(text: string): string {
  return typedText(text)
    .replace(SPACES, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
    .replace(LEADING_MENTIONS, '')
    .replace(/^／/, '/');
}
