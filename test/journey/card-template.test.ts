/** What `doctor` can know of DingTalk's card template: nothing until a card is tapped, and then what drew it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TEMPLATE_VERSION } from '../../src/platform/dingtalk/card-data.ts';
import { kindOf, snapshot, t } from '../support/journey.ts';
import { DINGTALK, World } from '../support/world.ts';

const reportSchema = z.object({
  checks: z.array(z.object({ check: z.string(), state: z.string(), text: z.string(), fix: z.string().optional() })),
});
const FORM = { form: 'card_check' } as const;

let world: World;
beforeAll(async () => {
  world = await World.start({
    platform: 'dingtalk',
    branches: [{ code: 'B001', unit: 'U1' }],
    members: [{ no: 'E01', branch: 'B001', roles: 'secretary' }],
  });
}, 60_000);
afterAll(() => world?.stop());

/** What the template is said to be; anything else of this small installation does not matter here. */
async function doctor() {
  const { stdout } = await world.cli('doctor', '--json');
  const found = reportSchema.parse(JSON.parse(stdout)).checks.filter(({ check }) => check === 'template');
  return { states: found.map(({ state }) => state), text: found.map(({ text, fix }) => `${text} ${fix ?? ''}`).join() };
}
/** The state is written a moment after the tap is answered. */
const until = (state: string) =>
  world.client.waitFor(`doctor to say ${state}`, async () => (await doctor()).states[0] === state);
async function drawnBy(content: number | 'foreign'): Promise<void> {
  await world.client.dingtalk({ templates: { [DINGTALK.templateId]: { state: 'published', content } } });
}
const send = () => world.cliOk('doctor', '--card', 'E01');

describe('a template of ours', () => {
  test('is not known before a tap, and a test card is offered', async () => {
    const { states, text } = await doctor();
    expect(states).toEqual(['warn']);
    expect(text).toContain('doctor --card');
  });
  test('a test card to nobody is refused with a sentence', async () => {
    const { code, stderr } = await world.cli('doctor', '--card', 'E99');
    expect(code).toBe(1);
    expect(stderr).toMatch(/E99.*no employee number/);
  });
  test('the test card has each way of acting, says what came back, and writes nothing else', async () => {
    expect(await send()).toContain('npx tenstar doctor');
    const card = await world.as('E01').nextCard(FORM);
    const before = await snapshot(world);
    const sent = await card.press('check_form', { word: '双十星' });
    expect(kindOf(sent)).toBe('success');
    expect(sent.toast?.content).toBe(t('doctor.card_word_arrived', { word: '双十星' }));
    expect(kindOf(await sent.card.press('check_tap'))).toBe('info');
    expect(await sent.card.press('check_ask', undefined, { confirmed: false })).toMatchObject({
      confirm: { title: { content: t('doctor.card_ask_title') } },
    });
    await until('ok');
    expect(await snapshot(world)).toEqual(before);
  });
});

test('an older file: its form and its buttons work, and doctor says which version it is and what to import', async () => {
  await drawnBy(1);
  await send();
  const card = await world.as('E01').nextCard(FORM);
  expect((await card.press('check_form', { word: '旧' })).toast?.content).toBe(
    t('doctor.card_word_arrived', { word: '旧' }),
  );
  await until('fail');
  const { text } = await doctor();
  expect(text).toContain(t('doctor.template_other', { seen: 1, version: TEMPLATE_VERSION }));
  expect(text).toContain('card-template.json');
});

test('a template of somebody else passes as published, and is found out by the first tap', async () => {
  await drawnBy(TEMPLATE_VERSION);
  await send();
  await (await world.as('E01').nextCard(FORM)).press('check_tap');
  await until('ok');
  await drawnBy('foreign');
  expect((await doctor()).states).toEqual(['ok']); // nothing but a tap tells
  await send();
  await (await world.as('E01').nextCard({ button: 'agree' })).press('agree');
  await until('fail');
  const { text } = await doctor();
  expect(text).toContain(t('doctor.template_foreign', { id: DINGTALK.templateId }));
  await world.bot.untilLogged(({ msg }) =>
    String(msg).includes('DINGTALK_CARD_TEMPLATE_ID is not the card-template.json'),
  );
});
