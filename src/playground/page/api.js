/** The playground server's JSON interface, one function a call. */

/** @typedef {import('./types.js').Person} Person */
/** @typedef {import('./types.js').Chat} Chat */
/** @typedef {import('./types.js').Message} Message */

const BASE = '/playground/api';

/** Thrown when the server cannot be reached or answers with an error; `status` is 0 without an answer. */
export class ApiError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} */
async function call(path, init) {
  let response;
  try {
    response = await fetch(BASE + path, init);
  } catch (error) {
    throw new ApiError(0, String(error));
  }
  if (!response.ok) throw new ApiError(response.status, `${response.status} ${path}`);
  return response.status === 204 ? {} : response.json();
}

/** @param {string} path @param {unknown} body */
const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** @param {Record<string, string | number>} values */
const query = (values) =>
  `?${new URLSearchParams(Object.entries(values).map(([key, value]) => [key, String(value)])).toString()}`;

/**
 * Lists arrive bare or in an envelope named after them.
 * @param {any} answer @param {string} name @returns {any[]}
 */
const listOf = (answer, name) => (Array.isArray(answer) ? answer : (answer?.[name] ?? answer?.items ?? []));

export const api = {
  /** @returns {Promise<Person[]>} */
  people: async () => listOf(await call('/people'), 'people'),
  /** @param {string} as @returns {Promise<Chat[]>} */
  chats: async (as) => listOf(await call(`/chats${query({ as })}`), 'chats'),
  /** @param {string} as @param {string} chat @param {number} limit @returns {Promise<Message[]>} */
  messages: async (as, chat, limit) => listOf(await call(`/messages${query({ as, chat, limit })}`), 'messages'),
  /** @param {{ as: string, chat: string, text: string, mention_bot?: boolean }} body @returns {Promise<import('./types.js').TypeAnswer>} */
  type: (body) => post('/type', body),
  /** @param {{ as: string, message_id: string } & import('./types.js').Click} body @returns {Promise<import('./types.js').ClickAnswer>} */
  click: (body) => post('/click', body),
  faults: () => call('/faults'),
  /** @param {Record<string, unknown>} body */
  setFaults: (body) => post('/faults', body),
  /** Switches of DingTalk; fails where it is not played. @returns {Promise<{ switches: Record<string, unknown> }>} */
  dingtalk: () => call('/dingtalk'),
  /** @param {Record<string, unknown>} body @returns {Promise<{ switches: Record<string, unknown> }>} */
  setDingtalk: (body) => post('/dingtalk', body),
  clock: () => call('/clock'),
  /** @param {{ now?: number, speed?: number }} body */
  setClock: (body) => post('/clock', body),
  /** @param {number} limit */
  deliveries: async (limit) => listOf(await call(`/deliveries${query({ limit })}`), 'deliveries'),
  stats: () => call('/stats'),
  /** @returns {Promise<import('./types.js').GuideJson>} */
  guide: () => call('/guide'),
  /** @param {{ except: string[], until?: 'idle', review?: string, chair?: string, steps?: number }} order */
  autoplay: (order) => post('/autoplay', order),
  /** What waits for the others, by review. @param {string | null} except @returns {Promise<{ review: string | null, people: number, work: Record<string, number> }[]>} */
  waiting: (except) => call(`/autoplay${query(except ? { except } : {})}`),
  /** @param {string} as */
  streamUrl: (as) => `${BASE}/stream${query({ as })}`,
};
