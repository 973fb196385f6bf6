/**
 * What a person typed, out of a message event. Texts carry placeholders (`@_user_1`) for the people mentioned; a command is
 * recognised only when the bot's own is gone wherever it stands (platform/lark.md §1.7).
 */
import { z } from 'zod';
import { typedText } from '../typed-text.ts';

const optional = z.string().optional().catch(undefined);
export const mentionSchema = z.object({
  key: z.string(),
  id: z.object({ open_id: optional }).catch({ open_id: undefined }),
  mentioned_type: optional,
  name: z.string().catch(''),
});
type Mention = z.infer<typeof mentionSchema>;

const textContent = z.object({ text: z.string() });
const runSchema = z.object({ tag: optional, text: optional, user_id: optional, user_name: optional });
const postContent = z.object({
  title: z.string().catch(''),
  content: z.array(
    z.array(runSchema.catch({ tag: undefined, text: undefined, user_id: undefined, user_name: undefined })),
  ),
});

const PLACEHOLDER = /@_(?:user_\d+|all)\b/g;
/** Spaces of every width, but not line breaks. */
const SPACES = /[^\S\n]+/g;

export interface ReadMessage {
  text: string;
  mentions: { userId: string; name: string }[];
}

/**
 * @param botId open_id of the bot; null while it is not known, then everything marked as a bot counts as ours
 * @returns null for content that is no text (pictures, files, recalled messages)
 */
export function readMessage(
  type: string,
  content: string,
  mentions: readonly Mention[],
  botId: string | null,
): ReadMessage | null {
  const raw = rawText(type, content);
  if (raw === null) return null;
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]));
  const isOurs = ({ id, mentioned_type }: Mention) =>
    botId === null ? mentioned_type === 'bot' : id.open_id === botId;
  const text = raw.replace(PLACEHOLDER, (key) => {
    const mention = byKey.get(key);
    if (mention === undefined) return key;
    return isOurs(mention) ? ' ' : mention.name;
  });
  const people = mentions.flatMap((mention) =>
    mention.id.open_id === undefined || mention.mentioned_type === 'bot' || isOurs(mention)
      ? []
      : [{ userId: mention.id.open_id, name: mention.name }],
  );
  return { text: tidy(text), mentions: people };
}

function rawText(type: string, content: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return null;
  }
  if (type === 'text') return textContent.safeParse(value).data?.text ?? null;
  if (type !== 'post') return null;
  const post = postContent.safeParse(value).data ?? postContent.safeParse(firstLocale(value)).data;
  if (post === undefined) return null;
  const lines = post.content.map((runs) =>
    runs.map((run) => (run.tag === 'at' ? atText(run.user_id, run.user_name) : (run.text ?? ''))).join(''),
  );
  return [post.title, ...lines].filter((line) => line !== '').join('\n');
}

/** Sent rich text is keyed by language; received rich text is not, but has been seen so. */
const firstLocale = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.values(value)[0] : undefined;

const atText = (id: string | undefined, name: string | undefined): string =>
  id?.startsWith('@_') === true ? id : (name ?? '');

/** One kind of space, no space at the ends of lines, and the full-width slash of a Chinese keyboard as the slash it is meant to be. */
function tidy(text: string): string {
  return typedText(text)
    .replace(SPACES, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
    .replace(/^／/, '/');
}
