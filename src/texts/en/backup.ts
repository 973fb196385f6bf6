import type { SameKeys } from '../same.ts';
import type { backup as zh } from '../zh/backup.ts';

export const backup: SameKeys<typeof zh> = {
  made: 'The copy is written and checked: {{file}} ({{size}})',
  sha256: 'SHA-256: {{sha256}}',
  no_keys: 'The ballot keys (KEYS_DIR) are not in it. Keep them somewhere else, never beside a copy.',
  boxes: 'It holds {{n}} sealed boxes that the keys of today still open: keep the copy confidential.',
  last: 'Last entry of the trail in the copy: {{at}}; nothing that came later is in it.',
  last_none: 'The trail in the copy is empty.',
  pending: 'The next start will apply {{n}} migrations to it.',
  trail_broken: 'The trail in the copy is broken: run tenstar audit verify afterwards and compare with other copies.',
  waiting:
    '{{n}} messages wait in it and leave after the start; those that had left since the copy was made arrive a second time.',
  without_key: 'The keys of these sealed boxes are not in KEYS_DIR, so nobody can open them any more:',
  purpose: { working: 'ballot', recount: 'recount', opinions: 'opinions' },
  box: '{{branch}} {{period}} ({{purpose}})',
  keys_without_box:
    '{{n}} keys in KEYS_DIR fit no box of the copy and are destroyed at the next start. If you may want the present database back, keep those keys somewhere else first.',
  bot_runs: 'The bot is running: stop it before you restore.',
  could: 'It can be restored. Nothing was changed.',
  done: 'Restored: {{file}}',
  kept: 'The former database is kept as {{file}}',
  kept_raw: 'The former database could not be read; it is kept as it was: {{file}}',
  kept_none: 'There was no database before.',
  start: 'The bot can be started now.',
};
