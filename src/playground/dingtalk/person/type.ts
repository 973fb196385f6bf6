/** A person writes on DingTalk; the robot hears of it when it is mentioned or alone with them (platform/dingtalk.md §1.1, §1.3). */
import type { TypeOrder, TypeResult } from '../../app/type.ts';
import type { Context } from '../../context.ts';
import type { Chat, Json, Person } from '../../tenant.ts';
import type { DingTalkApp } from '../app.ts';
import type { DingTalkPusher } from '../push/push.ts';
import type { Sessions } from '../session.ts';

export function createTyping(app: DingTalkApp, ctx: Context, pusher: DingTalkPusher, sessions: Sessions) {
  const { clock, world } = ctx;
  const botId = `$:LWCP_v1:$${world.bot.unionId.slice(3)}`;

  const mention = ({ dingtalk: { senderId, userId } }: Person): Json => ({
    dingtalkId: senderId,
    ...(app.switches.bare_mentions ? {} : { staffId: userId }),
  });

  function describe(chat: Chat, person: Person, messageId: string, written: Written): Json {
    const now = clock.now();
    const group = chat.type === 'group';
    const session = sessions.open(chat);
    return {
      msgtype: 'text',
      msgId: `msg${messageId.slice(3)}==`,
      createAt: now,
      conversationType: group ? '2' : '1',
      conversationId: chat.chatId,
      ...(group ? { conversationTitle: chat.name } : {}),
      senderId: person.dingtalk.senderId,
      senderUnionId: person.dingtalk.unionId,
      senderNick: person.name,
      senderCorpId: app.corpId,
      ...(app.switches.unpublished ? {} : { senderStaffId: person.dingtalk.userId, isAdmin: false }),
      chatbotCorpId: app.corpId,
      chatbotUserId: botId,
      robotCode: app.clientId,
      ...(group ? { isInAtList: true, atUsers: [{ dingtalkId: botId }, ...written.people.map(mention)] } : {}),
      sessionWebhook: session.url,
      sessionWebhookExpiredTime: session.until,
      senderPlatform: 'Win',
      text: { content: group ? ` ${written.text}` : written.text },
    };
  }

  return async ({ person, chat, text, mentionBot }: TypeOrder): Promise<TypeResult> => {
    const now = clock.now();
    const written = withoutMentions(world, chat, text);
    const message = world.post({
      chatId: chat.chatId,
      sender: { kind: 'user', id: person.openId, name: person.name },
      msgType: 'text',
      content: JSON.stringify({ content: text }),
      card: null,
      text: mentionBot && !written.bot ? `@${world.bot.name} ${text}` : text,
      file: null,
      uuid: null,
      parentId: null,
      created: now,
      updated: now,
    });
    chat.read.set(person.openId, message.seq);
    const result = { message_id: message.messageId, seq: message.seq, delivered: false, status: 0 };
    if (!chat.bot || chat.dissolved) return { ...result, reason: 'bot_not_in_chat' };
    if (chat.type === 'group' && !written.bot && !mentionBot) return { ...result, reason: 'not_mentioned' };
    const { status, error } = await pusher.message(describe(chat, person, message.messageId, written));
    return { ...result, delivered: status === 200, status, ...(error ? { reason: error } : {}) };
  };
}

interface Written {
  text: string;
  bot: boolean;
  people: Person[];
}

/** Everything after an `@` that is a member’s name is taken out of the text; where it stood is lost. */
function withoutMentions({ bot, people }: Context['world'], chat: Chat, text: string): Written {
  if (chat.type === 'p2p' || !text.includes('@')) return { text, bot: false, people: [] };
  const members = [...chat.members].flatMap((id) => people.get(id) ?? []);
  const named = new Map(members.map((person) => [person.name, person]));
  const names = [...named.keys(), 'bot', bot.name].toSorted((a, b) => b.length - a.length).map(escapeRegExp);
  const found: Person[] = [];
  let toBot = false;
  const rest = text.replace(new RegExp(`@(${names.join('|')})\\s?`, 'g'), (_, name: string) => {
    const person = named.get(name);
    if (name === 'bot' || name === bot.name) toBot = true;
    else if (person && !found.includes(person)) found.push(person);
    return '';
  });
  return { text: rest, bot: toBot, people: found };
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
