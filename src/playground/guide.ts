/** “Your first five minutes”: whom to play and what to do, told to the page by whoever starts the playground. */
import { z } from 'zod';
import { COMMANDS } from './commands.ts';
import type { World } from './world.ts';

const sentence = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
/** A mobile number, as in the list of people. */
const mobile = z.string().min(1);
/** `private`, or the key of a group. */
const place = z.string().min(1);

const doneSchema = z.discriminatedUnion('on', [
  /** The person of the step was chosen; without one, anybody. */
  z.strictObject({ on: z.literal('person') }),
  /** Something beginning with one of these was typed. */
  z.strictObject({ on: z.literal('typed'), words: z.array(z.string().min(1)).min(1) }),
  /** A button was pressed and did what it should. A name that ends in `*` stands for all that begin so. */
  z.strictObject({ on: z.literal('pressed'), button: z.string().min(1) }),
  /** The others have acted. */
  z.strictObject({ on: z.literal('others') }),
  /** The chat of the step was opened. */
  z.strictObject({ on: z.literal('opened') }),
]);

export const guideSchema = z.strictObject({
  /** Offered first when a person is to be chosen. */
  people: z
    .array(z.strictObject({ mobile, why: sentence }))
    .max(8)
    .default([]),
  /** Who leads the meeting when the page is asked to go on without a person. */
  chair: mobile.optional(),
  /** Offered as chips and while somebody types `/`; the first six are chips. */
  commands: z
    .array(z.strictObject({ name: z.string().regex(/^\/\S+$/), zh: z.string().regex(/^\/\S+$/), about: sentence }))
    .max(40)
    .default([...COMMANDS]),
  steps: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9_]+$/),
        title: sentence,
        more: sentence.optional(),
        as: mobile.optional(),
        chat: place.optional(),
        /** A command the step may send by itself. */
        type: z.string().optional(),
        /** Any of these ends the step. */
        done: z.array(doneSchema).min(1),
      }),
    )
    .max(20)
    .default([]),
});
export type Guide = z.infer<typeof guideSchema>;
/** As handed in: defaults may be missing. */
export type GuideOrder = z.input<typeof guideSchema>;

/** What the page shows when nobody handed in a guide. */
export const PLAIN_GUIDE: Guide = guideSchema.parse({
  steps: [
    {
      key: 'person',
      title: { zh: '选一个人', en: 'Choose a person' },
      more: {
        zh: '你会看到他的会话，可以替他说话、点卡片。',
        en: 'You see their chats, and may write and press for them.',
      },
      done: [{ on: 'person' }],
    },
    {
      key: 'help',
      title: { zh: '发送 /help', en: 'Send /help' },
      more: { zh: '机器人会列出这个身份能用的命令。', en: 'The bot lists the commands this person may use.' },
      chat: 'private',
      type: '/help',
      done: [{ on: 'typed', words: ['/help', '/帮助'] }],
    },
    {
      key: 'me',
      title: { zh: '发送 /me', en: 'Send /me' },
      more: { zh: '看看这个人现在要做什么。', en: 'See what this person has to do now.' },
      chat: 'private',
      type: '/me',
      done: [{ on: 'typed', words: ['/me', '/我的'] }],
    },
  ],
});

/** The guide with ids in place of numbers and keys; people and groups that are not there are left out. */
export function guideView(guide: Guide, world: World) {
  const person = (number: string | undefined) => (number === undefined ? undefined : world.byMobile(number)?.openId);
  const groups = Map.groupBy(world.chats.values(), (chat) => chat.key);
  /** Of two groups of one key, on either platform, the one the person is in. */
  const group = (key: string, of: string | undefined) => {
    const known = groups.get(key) ?? [];
    return (known.find((chat) => of !== undefined && chat.members.has(of)) ?? known[0])?.chatId;
  };
  return {
    people: guide.people.flatMap(({ mobile: number, why }) => {
      const id = person(number);
      return id === undefined ? [] : [{ id, why }];
    }),
    chair: person(guide.chair),
    commands: guide.commands,
    steps: guide.steps.map(({ as, chat, ...step }) => ({
      ...step,
      as: person(as),
      chat: chat === undefined || chat === 'private' ? chat : group(chat, person(as)),
    })),
  };
}
export type GuideView = ReturnType<typeof guideView>;
