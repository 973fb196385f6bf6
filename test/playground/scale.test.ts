/** A whole city: what is done for each of 5,000 people must not look at all the others. */
import { expect, it } from 'vitest';
import { createWorld, KEPT_MESSAGES } from '../../src/playground/world.ts';
import { findWaiting } from '../../src/playground/autoplay/waiting.ts';
import { aButton, aCard, setStage } from '../support/feishu-calls.ts';

const PEOPLE = 5_000;
const BRANCH = 20;
const mobile = (n: number) => `161${String(n).padStart(8, '0')}`;

it('5,000 people, 250 groups and a group of all are loaded, listed and played in one go', async () => {
  await using stage = await setStage({ speed: 10_000 });
  const { client } = stage;
  const people = Array.from({ length: PEOPLE }, (_, n) => ({ name: `演示${n}`, mobile: mobile(n) }));
  const chats = Array.from({ length: PEOPLE / BRANCH }, (_, b) => ({
    name: `第${b + 1}支部`,
    members: people.slice(b * BRANCH, (b + 1) * BRANCH).map((person) => person.mobile),
  }));
  const all = { name: '全市', members: people.map((person) => person.mobile) };
  const seeded = await client.seed({ people, chats: [...chats, all] });
  expect(await client.stats()).toMatchObject({ people: PEOPLE + 3 });
  const someone = seeded.people[4_321]?.id ?? '';
  expect((await client.chats(someone)).map(({ name }) => name)).toEqual(['双十星助手', '第217支部', '全市']);
  const city = seeded.chats.at(-1)?.chat_id ?? '';
  await stage.send(city, aCard(aButton('sign_in')));
  expect(await client.waiting()).toMatchObject([{ people: PEOPLE, work: { sign_in: PEOPLE } }]);
  expect((await client.autoplay({ until: 'idle' })).work).toEqual({ sign_in: PEOPLE });
  expect(stage.bot.pushes).toHaveLength(PEOPLE);
});

it('looks at the messages of a group once, however many are in it', () => {
  const world = createWorld('cli_00aa11bb22cc33dd', 'bot');
  const people = Array.from({ length: 200 }, (_, n) => world.addPerson({ name: `p${n}`, mobile: mobile(n) }));
  const chat = world.addChat({ name: 'all', members: people.map(({ openId }) => openId), bot: true });
  let looks = 0;
  const messages = chat.messages;
  Object.defineProperty(chat, 'messages', { get: () => ((looks += 1), messages) });
  const waiting = findWaiting(world, null);
  for (const person of people) waiting.of(person);
  expect(looks).toBe(1);
});

it('a chat keeps so many messages, and the oldest go', () => {
  const world = createWorld('cli_00aa11bb22cc33dd', 'bot');
  const { openId } = world.addPerson({ name: 'a', mobile: '1' });
  const chat = world.privateChat(openId);
  const post = (text: string) =>
    world.post({
      chatId: chat.chatId,
      sender: { kind: 'bot', id: 'x', name: 'bot' },
      msgType: 'text',
      content: '{}',
      card: null,
      text,
      file: null,
      uuid: null,
      parentId: null,
      created: 0,
      updated: 0,
    });
  for (let n = 0; n < KEPT_MESSAGES + 10; n += 1) post(String(n));
  expect([chat.messages.length, world.messages.size]).toEqual([KEPT_MESSAGES, KEPT_MESSAGES]);
  expect(chat.messages[0]?.text).toBe('10');
  expect(world.messagesAfter(KEPT_MESSAGES + 8).map(({ text }) => text)).toEqual([
    String(KEPT_MESSAGES + 8),
    String(KEPT_MESSAGES + 9),
  ]);
});
