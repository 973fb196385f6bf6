/**
 * The faults worth a switch, with what “on” means. Faults the server has and this list has not are shown by their own name.
 *
 * @typedef {{ key: string, on: unknown, zh: string, en: string }} Fault
 */

/** @type {Fault[]} */
export const FAULTS = [
  {
    key: 'rate_429',
    on: 0.3,
    zh: '三成请求被限流（飞书 429，钉钉 403）',
    en: '30 % of calls are rate limited (429; 403 on DingTalk)',
  },
  { key: 'rate_5xx', on: 0.3, zh: '三成请求遇到服务器错误（5xx）', en: '30 % of calls fail with a server error (5xx)' },
  {
    key: 'timeout_before',
    on: 0.2,
    zh: '两成请求石沉大海：没存也没回',
    en: '20 % of calls vanish: not stored, not answered',
  },
  {
    key: 'timeout_after',
    on: 0.2,
    zh: '两成请求已存但不回应（最易重复）',
    en: '20 % of calls are stored but not answered (tempts to double)',
  },
  { key: 'reset_before', on: 0.2, zh: '两成连接在处理前断开', en: '20 % of connections break before the call' },
  { key: 'reset_after', on: 0.2, zh: '两成连接在处理后断开', en: '20 % of connections break after the call' },
  { key: 'latency_ms', on: 1500, zh: '平台接口变慢（至多 1.5 秒）', en: 'Slow platform (up to 1.5 s a call)' },
  { key: 'store_ms', on: 2000, zh: '消息入库变慢（2 秒，仅飞书）', en: 'Slow storing of messages (2 s; Feishu alone)' },
  { key: 'push_latency_ms', on: 1500, zh: '推送变慢（1.5 秒）', en: 'Slow pushes (1.5 s)' },
  { key: 'duplicate_events', on: 0.5, zh: '一半事件重复推送', en: 'Half of the events arrive twice' },
  { key: 'reorder_events', on: 0.5, zh: '一半事件乱序到达', en: 'Half of the events arrive out of order' },
  {
    key: 'dlp',
    on: true,
    zh: '拦截带手机号或邮箱的消息（仅飞书）',
    en: 'Refuse messages with phone numbers or e-mail addresses (Feishu alone)',
  },
  {
    key: 'double_taps',
    on: 1,
    zh: '每次点击都连点两下，以第二次的回答为准',
    en: 'Every tap is a double one, and the second answer is shown',
  },
  { key: 'app_disabled', on: true, zh: '应用被停用', en: 'The app is switched off' },
  { key: 'quota_exceeded', on: true, zh: '当月调用额度用完', en: 'The month’s quota is used up' },
];

/** What only happens on DingTalk. @type {Fault[]} */
export const DINGTALK_FAULTS = [
  {
    key: 'space_fails',
    on: 0.3,
    zh: '三成卡片建好了，却没有送进会话',
    en: '30 % of cards are made, but do not reach their chat',
  },
  {
    key: 'duplicate_clicks',
    on: 0.5,
    zh: '一半点击推送两次',
    en: 'Half of the clicks arrive twice',
  },
  {
    key: 'no_pushes',
    on: true,
    zh: '当月推送额度用完：收不到文字和点击',
    en: 'The month’s pushes are used up: no text and no click arrives',
  },
  {
    key: 'unpublished',
    on: true,
    zh: '应用没有发布版本：消息里没有发送人的工号',
    en: 'The app has no published version: messages do not say who sent them',
  },
];

/** Settings of the faults that are no faults themselves. */
export const NOT_SWITCHES = new Set([
  'seed',
  'scope',
  'timeout_ms',
  'reorder_ms',
  'json_style',
  'click_patch',
  'double_tap_ms',
  'untouched',
  'missing_scopes',
]);
