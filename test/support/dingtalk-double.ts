/** A small double of DingTalk's API that takes only what the documented API takes (platform/dingtalk.md §2.2, §3, §4). */
import { lintCardData, refusals } from '../../src/platform/dingtalk/lint.ts';
import type { ApiAnswer, ApiRequest } from './api-server.ts';

type Json = Record<string, unknown>;
const no = (code: string, status = 400): ApiAnswer => ({ status, body: { code, requestid: 'r', message: code } });
const read = ({ body }: ApiRequest): Json => JSON.parse(body.toString()) as Json;
const TOKEN = 'demo-access-token';

export function dingtalkDouble(): (request: ApiRequest) => ApiAnswer {
  const cards = new Set<string>();
  let media = 0;

  function maps(body: Json): Json[] {
    const publicMap = (body['cardData'] as { cardParamMap?: Json } | undefined)?.cardParamMap;
    const own = Object.values((body['privateData'] ?? {}) as Record<string, { cardParamMap: Json }>).map(
      (data) => data.cardParamMap,
    );
    return [...(publicMap === undefined ? [] : [publicMap]), ...own];
  }
  const badData = (body: Json): boolean =>
    maps(body).length === 0 || maps(body).some((map) => refusals(lintCardData(map)).length > 0);

  const routes: Record<string, (request: ApiRequest) => ApiAnswer> = {
    'POST /v1.0/oauth2/accessToken': (request) =>
      read(request)['appSecret'] === 'demo-client-secret-0001'
        ? { body: { accessToken: TOKEN, expireIn: 7200 } }
        : no('invalidClientIdOrSecret'),
    'POST /v1.0/card/callbacks/register': (request) => {
      const { callbackRouteKey, callbackUrl, apiSecret } = read(request);
      return callbackRouteKey && callbackUrl && apiSecret
        ? { body: { success: true, result: { callbackUrl, apiSecret } } }
        : no('param.callbackUrlEmpty');
    },
    'POST /v1.0/card/instances/createAndDeliver': (request) => {
      const body = read(request);
      const { outTrackId, openSpaceId, callbackType } = body;
      if (typeof outTrackId !== 'string' || outTrackId.length > 100) return no('param.outTrackIdEmpty');
      if (body['cardTemplateId'] !== '11111111-2222-3333-4444-555555555555.schema') return no('param.templateNotExist');
      if (badData(body)) return no('param.invalid');
      const space = /^dtv1\.card\/\/(IM_GROUP|IM_ROBOT)\.(.+)$/.exec(String(openSpaceId));
      if (space === null) return no('param.openSpaceIdInvalid');
      const model = space[1] === 'IM_GROUP' ? 'imGroup' : 'imRobot';
      if (body[`${model}OpenSpaceModel`] === undefined) return no('param.openSpaceModelInvalid');
      if (body[`${model}OpenDeliverModel`] === undefined) return no('param.spaceDeliverModelEmpty');
      if (callbackType === 'HTTP' ? body['callbackRouteKey'] === undefined : callbackType !== 'STREAM')
        return no('param.invalid');
      cards.add(outTrackId);
      return {
        body: {
          success: true,
          result: {
            outTrackId,
            deliverResults: [{ spaceType: space[1], spaceId: space[2], success: true, carrierId: 'c', errorMsg: '' }],
          },
        },
      };
    },
    'POST /v1.0/card/instances/deliver': (request) =>
      cards.has(String(read(request)['outTrackId']))
        ? { body: { success: true, result: [{ spaceType: 'x', spaceId: 'x', success: true, carrierId: 'c' }] } }
        : no('param.cardNotExist'),
    'PUT /v1.0/card/instances': (request) =>
      badData(read(request)) ? no('param.cardDataAndPrivateDataBothEmpty') : { body: { success: true, result: true } },
    'POST /v1.0/robot/groupMessages/send': (request) =>
      typeof read(request)['msgParam'] === 'string' ? { body: { processQueryKey: 'pqk' } } : no('miss.param.msgParam'),
    'POST /v1.0/robot/oToMessages/batchSend': (request) => {
      const { userIds, msgParam } = read(request);
      return Array.isArray(userIds) && userIds.length <= 20 && typeof msgParam === 'string'
        ? { body: { processQueryKey: 'pqk', invalidStaffIdList: [], flowControlledStaffIdList: [] } }
        : no('invalidParameter.userIds');
    },
    'POST /media/upload': ({ headers }) =>
      headers['content-type']?.startsWith('multipart/form-data') === true
        ? { body: { errcode: 0, errmsg: 'ok', media_id: `@demo${(media += 1)}`, type: 'file' } }
        : { body: { errcode: 40004, errmsg: 'type' } },
    'POST /topapi/v2/user/getbymobile': (request) => {
      const mobile = String(read(request)['mobile']);
      if (!/^1\d{10}$/.test(mobile)) return { body: { errcode: 40104, errmsg: 'invalid mobile' } };
      return mobile.endsWith('9')
        ? { body: { errcode: 60121, errmsg: 'not found' } }
        : { body: { errcode: 0, errmsg: 'ok', result: { userid: `u-${mobile}` } } };
    },
  };

  return (request) => {
    const route = routes[`${request.method} ${request.path}`];
    if (route === undefined) return { status: 404, body: { code: 'InvalidAction.NotFound', message: 'no such api' } };
    const old = request.path.startsWith('/topapi/') || request.path.startsWith('/media/');
    if (old && request.query.get('access_token') !== TOKEN)
      return { body: { errcode: 40014, errmsg: 'invalid access_token' } };
    if (!old && !request.path.endsWith('/accessToken') && request.headers['x-acs-dingtalk-access-token'] !== TOKEN)
      return no('InvalidAuthentication');
    return route(request);
  };
}
