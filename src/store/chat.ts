/** Group chats the bot is in, and what each is for. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

export const CHAT_SCOPES = ['city', 'district', 'group', 'branch'] as const;
export const chatScopeSchema = z.enum(CHAT_SCOPES);
export type ChatScope = z.infer<typeof chatScopeSchema>;

const chatRow = z.object({
  platform: z.string(),
  chatId: z.string(),
  name: z.string(),
  /** Null: the chat has not been set up yet. */
  scope: chatScopeSchema.nullable(),
  /** Code of the district, group or branch; null for the city. */
  code: z.string().nullable(),
  active: z.number().transform((n) => n === 1),
});
export type Chat = z.infer<typeof chatRow>;

const CHAT = 'SELECT platform, chat_id AS chatId, name, scope, code, active FROM chat';

/** Chats a message for this scope goes to: those the bot is still in. `code` is null for the city. */
export const chatsFor = (h: Reader, scope: ChatScope, code: string | null): Promise<Chat[]> =>
  h.all(chatRow, `${CHAT} WHERE scope = ? AND code IS ? AND active = 1 ORDER BY platform, chat_id`, [scope, code]);

export const findChat = (h: Reader, platform: string, chatId: string): Promise<Chat | null> =>
  h.get(chatRow, `${CHAT} WHERE platform = ? AND chat_id = ?`, [platform, chatId]);

export const allChats = (h: Reader): Promise<Chat[]> => h.all(chatRow, `${CHAT} ORDER BY platform, chat_id`);

/** The bot came into a chat: known chats keep what they are for. */
export async function addChat(tx: Writer, platform: string, chatId: string, name: string): Promise<void> {
  const sql = `INSERT INTO chat (platform, chat_id, name) VALUES (?1, ?2, ?3)
    ON CONFLICT (platform, chat_id) DO UPDATE SET active = 1, name = CASE WHEN ?3 = '' THEN name ELSE ?3 END`;
  await tx.run(sql, [platform, chatId, name]);
}

/** Says what a chat is for; a chat not seen before is added. The caller has checked that `code` exists. */
export async function bindChat(
  tx: Writer,
  platform: string,
  chatId: string,
  scope: ChatScope,
  code: string | null,
): Promise<void> {
  const sql = `INSERT INTO chat (platform, chat_id, scope, code) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (platform, chat_id) DO UPDATE SET scope = ?3, code = ?4, active = 1`;
  await tx.run(sql, [platform, chatId, scope, code]);
}

/** The bot was removed from a chat, or the chat is gone. */
export async function deactivateChat(tx: Writer, platform: string, chatId: string): Promise<void> {
  await tx.run('UPDATE chat SET active = 0 WHERE platform = ? AND chat_id = ?', [platform, chatId]);
}
