import { expect, test } from 'vitest';
import { sendToScope } from '../../src/usecases/notify.ts';
import { loseChat } from '../../src/usecases/chat-lost.ts';
import { opinionWorld, type OpinionWorld } from '../support/opinion-world.ts';

/** `M01` has no account but one on DingTalk, `M02` has one on each platform, `M03` none at all. */
async function mixed(): Promise<OpinionWorld> {
  const world = await opinionWorld();
  await world.use.db.write(async (tx) => {
    await tx.run("DELETE FROM identity WHERE person IN ('M01', 'M03')", []);
    for (const no of ['M01', 'M02'])
      await tx.run("INSERT INTO identity (platform, app_id, user_id, person) VALUES ('dingtalk', 'ding', ?, ?)", [
        `d${no}`,
        no,
      ]);
  });
  return world;
}
const CARD = { card: 'due_list', args: { review: 'r' } };
const send = (world: OpinionWorld, people: readonly string[]) =>
  world.use.db.write((tx) => sendToScope(tx, 'branch', 'B001', people, CARD, { now: world.clock.now }));
const recipients = async (world: OpinionWorld, card = 'due_list') =>
  (await world.outbox()).filter((row) => row.card === card).map(({ recipient }) => recipient);

test('a card goes to the chat, and in private to those who have no account where the chat is', async () => {
  const world = await mixed();
  await send(world, ['S0', 'M01', 'M02', 'M03']);
  expect(await recipients(world)).toEqual(['oc_branch', 'M01']);
});

test('where a scope has a chat on each platform, nobody gets it in private', async () => {
  const world = await mixed();
  await world.use.db.write((tx) =>
    tx.run(
      "INSERT INTO chat (platform, chat_id, name, scope, code) VALUES ('dingtalk', 'cid_branch', '', 'branch', 'B001')",
      [],
    ),
  );
  await send(world, ['S0', 'M01', 'M02', 'M03']);
  expect(await recipients(world)).toEqual(['cid_branch', 'oc_branch']);
});

test('without a chat everybody who can be reached gets it, each once', async () => {
  const world = await mixed();
  await world.use.db.write((tx) => tx.run('UPDATE chat SET active = 0', []));
  await send(world, ['S0', 'M01', 'M02', 'M03']);
  expect(await recipients(world)).toEqual(['S0', 'M01', 'M02']);
});

test('a review opened in a branch on two platforms reaches everybody', async () => {
  const world = await mixed();
  await world.open();
  expect(await recipients(world)).toEqual(['oc_branch', 'M01']);
});

test('what could not be put into a chat that is lost goes to its people, once; the office is told once', async () => {
  const world = await mixed();
  await world.use.db.write((tx) => tx.run("INSERT INTO person_role (person, role) VALUES ('X0', 'office')", []));
  const lose = (uuid: string) =>
    world.use.db.write((tx) =>
      loseChat(tx, world.use, 'lark', { id: 'oc_branch', name: '' }, world.clock.now, { ...CARD, uuid, urgent: false }),
    );
  await lose('row-1');
  await lose('row-1');
  const everybody = ['S0', 'D0', 'K1', 'M01', 'M02', 'M04', 'M05', 'M06', 'R01', 'R02', 'R03'];
  expect((await recipients(world)).toSorted()).toEqual(everybody.toSorted());
  expect(await recipients(world, 'notice')).toEqual(['X0']);
  await lose('row-2');
  expect(await recipients(world)).toHaveLength(2 * everybody.length);
  expect(await recipients(world, 'notice')).toEqual(['X0']);
});

test('an answer that somebody waited for in a lost chat goes to nobody else', async () => {
  const world = await mixed();
  await world.use.db.write((tx) =>
    loseChat(tx, world.use, 'lark', { id: 'oc_branch', name: '' }, world.clock.now, {
      ...CARD,
      uuid: 'row',
      urgent: true,
    }),
  );
  expect(await recipients(world)).toEqual([]);
});
