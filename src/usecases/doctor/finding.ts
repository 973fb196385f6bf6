/** What a check of an installation came to. */
export const CHECKS = [
  'node',
  'settings',
  'database',
  'migrations',
  'disk',
  'keys',
  'calendar',
  'rules',
  'roster',
  'outbox',
  'budget',
  'address',
  'token',
  'bot',
  'template',
  'clock',
  'chats',
  'messages',
  'lookup',
  'files',
] as const;
export type CheckName = (typeof CHECKS)[number];

export interface Finding {
  check: CheckName;
  /** `warn`: it runs, but somebody will miss something. `skipped`: another problem is in the way. */
  state: 'ok' | 'warn' | 'fail' | 'skipped';
  /** One sentence: what was seen. No secret, no mobile, no name of a person. */
  text: string;
  /** What to do, or to click. */
  fix?: string;
}

export const ok = (check: CheckName, text: string): Finding => ({ check, state: 'ok', text });
export const warn = (check: CheckName, text: string, fix: string): Finding => ({ check, state: 'warn', text, fix });
export const fail = (check: CheckName, text: string, fix: string): Finding => ({ check, state: 'fail', text, fix });
export const skipped = (check: CheckName, text: string): Finding => ({ check, state: 'skipped', text });
