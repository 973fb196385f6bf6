/** Robot messages, uploads, lookups and groups. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DING, type DingStage, setDingStage } from '../../support/dingtalk-calls.ts';

let stage: DingStage;
beforeAll(async () => {
  stage = await setDingStage({ speed: 10_000 });
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.client.dingtalk({ reset: true }));

const toGroup = (over: Record<string, unknown> = {}) =>
  stage.call('POST', '/v1.0/robot/groupMessages/send', {
    robotCode: DING.clientId,
    openConversationId: stage.team,
    msgKey: 'sampleText',
    msgParam: '{"content":"你好"}',
    ...over,
  });
const toPeople = (userIds: readonly string[], over: Record<string, unknown> = {}) =>
  stage.call('POST', '/v1.0/robot/oToMessages/batchSend', {
    robotCode: DING.clientId,
    userIds,
    msgKey: 'sampleText',
    msgParam: '{"content":"你好"}',
    ...over,
  });
const upload = (name: string, type = 'file', bytes = new Uint8Array([1, 2, 3])) => {
  const form = new FormData();
  form.set('type', type);
  form.set('media', new Blob([bytes]), name);
  return stage.call('POST', '/media/upload', form);
};
const last = async (as: string, chat?: string) => (await stage.client.messages(as, chat)).at(-1);

describe('messages', () => {
  it.each([
    ['sampleText', { content: '你好' }, '你好'],
    ['sampleMarkdown', { title: '题', text: '**文**' }, '题\n**文**'],
    [
      'sampleActionCard',
      { title: '题', text: '文', singleTitle: '看', singleURL: 'https://x.example' },
      '题\n文\nhttps://x.example',
    ],
  ])('%s is shown', async (msgKey, param, text) => {
    const sent = await toGroup({ msgKey, msgParam: JSON.stringify(param) });
    expect(sent).toMatchObject({ status: 200, body: { processQueryKey: expect.stringMatching(/^pqk/) } });
    expect(await last(stage.ids.ben, stage.team)).toMatchObject({ text, msg_type: msgKey });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another robot', { robotCode: 'other' }, 'invalidParameter.robotCode.notExsit'],
    ['an unknown group', { openConversationId: 'cidx' }, 'invalidParameter.openConversationId.invalid'],
    ['an unknown key', { msgKey: 'sampleParty' }, 'invalidParameter.msgKey.invalid'],
    ['a parameter that is missing', { msgKey: 'sampleMarkdown' }, 'miss.param.title'],
    ['a parameter that is no string', { msgParam: '{"content":7}' }, 'miss.param.content'],
    ['parameters that are no JSON', { msgParam: 'x' }, 'invalidParameter.msgParam.invalid'],
    ['parameters as an object', { msgParam: { content: 'x' } }, 'invalidParameter.msgParam'],
    ['too much', { msgParam: JSON.stringify({ content: '长'.repeat(5_000) }) }, 'invalidParameter.msgParam.tooLong'],
    [
      'a file that was not uploaded',
      { msgKey: 'sampleFile', msgParam: '{"mediaId":"@l0","fileName":"a.pdf","fileType":"pdf"}' },
      'resource.not.found',
    ],
  ])('%s is refused', async (_, over, code) => {
    expect(await toGroup(over)).toMatchObject({ status: 400, code });
  });

  it('a group may be gone, without the bot, or forbid it to speak', async () => {
    const { client, team } = stage;
    await client.mute(team, true);
    expect((await toGroup()).code).toBe('bot.forbidden.sendMessage');
    await client.mute(team, false);
    expect(await client.setBot(team, false)).toMatchObject({ delivered: false }); // the bot is not told
    expect((await toGroup()).code).toBe('invalidParameter.robotCode.notExsit');
    await client.setBot(team, true);
    const { chat_id: other } = await client.createChat({
      name: '别的群',
      platform: 'dingtalk',
      members: ['13900000001'],
    });
    expect((await toGroup({ openConversationId: other })).status).toBe(200);
    await client.dissolve(other);
    expect((await toGroup({ openConversationId: other })).code).toBe('group.disbanded');
    expect(stage.bot.pushes).toEqual([]);
    const { chat_id: alone } = (await client.chats(stage.ids.anna)).find(({ type }) => type === 'p2p') ?? {
      chat_id: '',
    };
    expect((await toGroup({ openConversationId: alone })).code).toBe('conversation.org.notMatch');
  });

  it('moderation refuses a word', async () => {
    await stage.client.dingtalk({ unsafe_word: '禁语' });
    expect((await toGroup({ msgParam: '{"content":"有禁语"}' })).code).toBe('contain.illegal.words');
  });
});

describe('batches', () => {
  it('a call succeeds for some: nobody, who left, who is out of range and who has no account are listed', async () => {
    const { client, ids, users } = stage;
    const chen = (await client.people()).find(({ id }) => id === ids.chen);
    expect(chen).not.toHaveProperty('dingtalk_user_id');
    await client.setPerson(ids.ben, { resigned: true });
    const sent = await toPeople([users.anna, users.ben, 'nobody']);
    expect(sent).toMatchObject({
      status: 200,
      body: { invalidStaffIdList: [users.ben, 'nobody'], flowControlledStaffIdList: [] },
    });
    await client.setPerson(ids.ben, { resigned: false });
    expect(await last(ids.anna)).toMatchObject({ text: '你好' });
    await client.dingtalk({ flow_controlled: 1 });
    expect((await toPeople([users.anna])).body).toMatchObject({ flowControlledStaffIdList: [users.anna] });
  });

  it('twenty people, no more', async () => {
    const many = Array.from({ length: 21 }, (_, n) => `u${n}`);
    expect(await toPeople(many)).toMatchObject({ status: 400, code: 'invalidParameter.userIds' });
    expect((await toPeople(many.slice(1))).status).toBe(200);
  });
});

describe('taking back', () => {
  it('a group message by its key, a batch as a whole, and only within a day', async () => {
    const { client, ids, users } = stage;
    const inGroup = String((await toGroup()).body['processQueryKey'] as string);
    const recall = (keys: readonly string[]) =>
      stage.call('POST', '/v1.0/robot/groupMessages/recall', {
        robotCode: DING.clientId,
        openConversationId: stage.team,
        processQueryKeys: keys,
      });
    expect((await recall([inGroup, 'pqkx'])).body).toEqual({
      successResult: [inGroup],
      failedResult: { pqkx: 'not found' },
    });
    expect(await last(ids.anna, stage.team)).toMatchObject({ msg_type: 'recalled' });

    const batch = String((await toPeople([users.anna, users.ben])).body['processQueryKey'] as string);
    const batchRecall = (keys: readonly string[]) =>
      stage.call('POST', '/v1.0/robot/otoMessages/batchRecall', { robotCode: DING.clientId, processQueryKeys: keys });
    expect((await batchRecall([batch])).body).toMatchObject({ successResult: [batch] });
    expect(await last(ids.ben)).toMatchObject({ msg_type: 'recalled' });

    const late = String((await toPeople([users.anna])).body['processQueryKey'] as string);
    stage.playground.state.world.messages.forEach((message) => (message.created -= 86_400_001));
    expect((await batchRecall([late])).body).toMatchObject({
      failedResult: { [late]: 'robot.processQueryKey.expired' },
    });
    expect(client.url).toBe(stage.playground.url);
  });
});

describe('files', () => {
  it('are uploaded, sent under a name and downloaded', async () => {
    const up = await upload('结果.xlsx');
    expect(up.body).toMatchObject({ errcode: 0, type: 'file', media_id: expect.stringMatching(/^@l/) });
    const mediaId = String(up.body['media_id'] as string);
    const param = { mediaId, fileName: '第三季度.xlsx', fileType: 'xlsx' };
    expect((await toPeople([stage.users.anna], { msgKey: 'sampleFile', msgParam: JSON.stringify(param) })).status).toBe(
      200,
    );
    const shown = await last(stage.ids.anna);
    expect(shown?.file).toMatchObject({ name: '第三季度.xlsx', size: 3 });
    expect(await stage.client.download(shown?.file?.key ?? '')).toEqual(new Uint8Array([1, 2, 3]));
    const csv = JSON.stringify({ ...param, fileType: 'csv' });
    expect((await toGroup({ msgKey: 'sampleFile', msgParam: csv })).code).toBe('invalidParameter.fileType.invalid');
  });

  it.each([
    ['a CSV', 'a.csv', 'file', 40_005],
    ['an unknown kind', 'a.pdf', 'party', 40_004],
    ['a picture as a file', 'a.png', 'file', 40_005],
    ['nothing', 'a.pdf', 'file', 41_005],
  ])('%s is not taken', async (what, name, type, code) => {
    const bytes = new Uint8Array(what === 'nothing' ? 0 : 3);
    expect(await upload(name, type, bytes)).toMatchObject({ status: 200, code });
  });
});

describe('lookups', () => {
  it.each([
    ['13900000001', 0],
    ['+86-13900000001', 0],
    ['13900000003', 60_121], // on Feishu alone
    ['13911111111', 60_121],
    ['no number', 40_104],
  ])('%s: %i', async (mobile, code) => {
    expect((await stage.call('POST', '/topapi/v2/user/getbymobile', { mobile })).code).toBe(code);
  });

  it('one person by either id, and everybody by page', async () => {
    const { users } = stage;
    const found = await stage.call('POST', '/topapi/v2/user/get', { userid: users.anna });
    const { unionid } = found.body['result'] as { unionid: string };
    expect(found.body).toMatchObject({ result: { name: '安小示', dept_id_list: [1] } });
    expect((await stage.call('POST', '/topapi/user/getbyunionid', { unionid })).body).toMatchObject({
      result: { userid: users.anna },
    });
    expect((await stage.call('POST', '/topapi/v2/user/get', { userid: 'nobody' })).code).toBe(60_121);
    const page = await stage.call('POST', '/topapi/user/listsimple', { dept_id: 1, cursor: 0, size: 1 });
    expect(page.body).toMatchObject({ result: { list: [{ name: '安小示' }], has_more: true, next_cursor: 1 } });
    expect((await stage.call('POST', '/topapi/user/listid', { dept_id: 1 })).body).toMatchObject({
      result: { userid_list: [users.anna, users.ben] },
    });
    expect((await stage.call('POST', '/topapi/v2/department/listsub', {})).body).toMatchObject({ result: [] });
    expect((await stage.call('POST', '/topapi/user/listsimple', { dept_id: 1, cursor: 0, size: 101 })).code).toBe(
      40_035,
    );
  });
});

it('groups: old ids become open ones, members of an ordinary group stay unknown', async () => {
  const old = encodeURIComponent(stage.team.replace(/^cid/, 'chat'));
  expect((await stage.call('POST', `/v1.0/im/chat/${old}/convertToOpenConversationId`)).body).toEqual({
    openConversationId: stage.team,
  });
  expect((await stage.call('POST', '/v1.0/im/chat/chatx/convertToOpenConversationId')).code).toBe('invalideChatId');
  expect((await stage.call('POST', '/v1.0/im/sceneGroups/members/batchQuery', {})).code).toBe('permession.checkFailed');
  const robots = await stage.call('POST', '/v1.0/robot/groups/robots/query', { openConversationId: stage.team });
  expect(robots.body).toMatchObject({ chatbotInstanceVOList: [{ robotCode: DING.clientId }] });
});

it('the two platforms do not know each other’s people and chats', async () => {
  const { client, ids } = stage;
  const { chats } = await client.seed({
    people: [{ name: '陈小示', mobile: '13900000003' }],
    chats: [{ name: '飞书群', members: ['13900000001', '13900000003'] }],
  });
  const lark = chats[0]?.chat_id ?? '';
  expect((await client.chats()).find(({ chat_id: id }) => id === lark)).toMatchObject({ members: 1, platform: 'lark' });
  expect((await toGroup({ openConversationId: lark })).code).toBe('invalidParameter.openConversationId.invalid');
  const token = await fetch(`${stage.playground.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id: 'cli_00aa11bb22cc33dd', app_secret: 'demo-secret' }),
  });
  const { tenant_access_token: bearer } = (await token.json()) as { tenant_access_token: string };
  const feishu = async (type: string, to: string) => {
    const answer = await fetch(`${stage.playground.url}/open-apis/im/v1/messages?receive_id_type=${type}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ receive_id: to, msg_type: 'text', content: '{"text":"x"}' }),
    });
    return ((await answer.json()) as { code: number }).code;
  };
  expect(await feishu('chat_id', stage.team)).toBe(230_034);
  expect(await feishu('open_id', ids.anna)).toBe(230_034);
  expect(await feishu('open_id', ids.chen)).toBe(0);
});
