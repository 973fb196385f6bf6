import type { ApiFailure } from './api.ts';

/** What the operator should do about a failure. @param doing `sign in` */
export function sentence(doing: string, { reason, code, refusal }: ApiFailure, apiBase: string): string {
  const failed = `DingTalk did not let the bot ${doing}: code ${code}.`;
  const scopes = refusal?.scopes ?? [];
  if (scopes.length > 0) return `${failed} Ask for the permissions ${scopes.join(', ')} in the developer console.`;
  if (reason === 'unreachable') return `${failed} Check that this server reaches ${apiBase} (DINGTALK_API_BASE).`;
  if (reason === 'token') return `${failed} Check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET.`;
  if (reason === 'rate_limited' || reason === 'overloaded') return `${failed} DingTalk is busy: try again in a minute.`;
  return `${failed} Check the app’s permissions and its published version in the developer console.`;
}
