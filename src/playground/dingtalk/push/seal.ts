/** Signatures of DingTalk's pushes, from the platform's side (platform/dingtalk.md §1.2, §2.7). Neither covers the body. */
import { createHmac } from 'node:crypto';

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** Headers of a robot message; `now` is Unix ms. */
export function messageHeaders(clientSecret: string, now: number): Record<string, string> {
  const timestamp = String(now);
  return { timestamp, sign: hmac(clientSecret, `${timestamp}\n${clientSecret}`) };
}

/** Headers of a card callback; none when no secret was registered. */
export function clickHeaders(apiSecret: string, now: number): Record<string, string> {
  if (apiSecret === '') return {};
  const timestamp = String(now);
  return {
    'x-ddpaas-signature-timestamp': timestamp,
    'x-ddpaas-signature': hmac(apiSecret, timestamp),
  };
}
