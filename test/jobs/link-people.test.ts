import { expect, it } from 'vitest';
import { identityOf } from '../../src/store/identity.ts';
import { runJob } from '../support/opinion-world.ts';
import { stage } from '../support/review-stage.ts';

it('link-people finds accounts by telephone number; a platform that does not answer fails the run', async () => {
  const at = await stage();
  await at.use.db.script(`UPDATE person SET mobile = '16000000001' WHERE employee_no = 'M01';
    UPDATE person SET mobile = '16000000002' WHERE employee_no = 'M02';
    DELETE FROM identity WHERE person IN ('M01', 'M02')`);
  const lark = at.use.platforms.get('lark');
  if (lark === undefined) throw new Error('no platform');
  const answering = { ...lark, findByMobile: () => Promise.resolve(new Map([['16000000001', 'ou_new']])) };
  at.use.platforms = new Map([['lark', answering]]);
  expect(await runJob(at, 'link-people')).toEqual({ done: 1, failed: 0, note: '' });
  expect((await identityOf(at.use.db.read, 'M01')).map(({ userId }) => userId)).toEqual(['ou_new']);
  expect(await runJob(at, 'link-people')).toEqual({ done: 0, failed: 0, note: '' });

  at.use.platforms = new Map([['lark', { ...lark, findByMobile: () => Promise.reject(new Error('no connection')) }]]);
  expect(await runJob(at, 'link-people')).toEqual({ done: 0, failed: 1, note: '' });
  expect(at.logged()).not.toContain('16000000001');
});
