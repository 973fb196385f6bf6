/** Who may tie an account to whom, and who hears of it. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { identityOf } from '../../src/store/identity.ts';
import { bindByCode } from '../../src/usecases/bind.ts';
import { opinionWorld, type OpinionWorld } from '../support/opinion-world.ts';

const last = async (at: OpinionWorld) => (await at.outbox()).at(-1);
const CODE = /[2-9A-HJKMNP-Z]{8}/;
/** What `who` reads after asking for a code, and the code in it. */
async function codeFor(at: OpinionWorld, who: string, whom: string): Promise<string | undefined> {
  await at.type(who, `/绑定 ${whom}`);
  const sent = await last(at);
  if (sent?.card !== 'bind_code') return undefined;
  return CODE.exec(JSON.stringify(await at.card('bind_code', { person: whom }, who)))?.[0];
}
const newcomer = (at: OpinionWorld, text: string) =>
  at.use.db.write((tx) =>
    bindByCode(
      tx,
      {
        kind: 'message',
        dedupeKeys: ['m1'],
        sender: { platform: 'dingtalk', appId: 'ding1', userId: 'u-new' },
        chat: { id: 'p2p', type: 'private' },
        text,
        mentions: [],
      },
      at.clock.now,
    ),
  );
const withoutAccount = (at: OpinionWorld, person: string) =>
  at.use.db.write((tx) => tx.run('UPDATE identity SET reachable = 0 WHERE person = ?', [person]));

it('a secretary makes no code for whom an account reaches: it would open that member’s ballot', async () => {
  const at = await opinionWorld();
  expect(await codeFor(at, 'S0', 'M01')).toBeUndefined();
  expect((await last(at))?.args).toContain('bind_has_account');
  await withoutAccount(at, 'M01');
  expect(await codeFor(at, 'S0', 'M01')).toMatch(CODE);
});

it('who has an account links another one by a code of their own, and the first account is told', async () => {
  const at = await opinionWorld();
  const code = await codeFor(at, 'M01', 'M01');
  const before = (await at.outbox()).length;
  expect(await newcomer(at, `/bind M01 ${code}`)).toMatchObject({ args: { key: 'bind_ok' } });
  expect((await identityOf(at.use.db.read, 'M01')).map(({ platform }) => platform)).toEqual(['dingtalk', 'lark']);
  expect((await at.outbox()).slice(before)).toMatchObject([
    { card: 'notice', recipient: 'M01', args: expect.stringContaining('bind_another') },
  ]);
});

it('a code is shown to whoever asked for it, until it is used, and no row holds it', async () => {
  const at = await opinionWorld();
  await withoutAccount(at, 'M01');
  const code = (await codeFor(at, 'S0', 'M01')) ?? '';
  expect(await at.card('bind_code', { person: 'M01' }, 'M02')).toBeNull();
  expect(at.files().includes(code)).toBe(false);
  await newcomer(at, `/绑定 M01 ${code}`);
  expect(await at.card('bind_code', { person: 'M01' }, 'S0')).toBeNull();
  const trail = z.object({ detail: z.string().nullable() });
  const [bound] = await at.use.db.read.all(trail, "SELECT detail FROM audit WHERE act = 'identity_bound'");
  expect(bound?.detail).toContain('"issued_by":"S0"');
});
