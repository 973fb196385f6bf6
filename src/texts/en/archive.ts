import type { SameKeys } from '../same.ts';
import type { archive as zh } from '../zh/archive.ts';

export const archive: SameKeys<typeof zh> = {
  made: '{{year}} is written to {{file}}, {{n}} rows. It holds names, scores and self-reviews: keep it as you keep those.',
  sha256: 'SHA-256: {{sha256}}',
  unfinished: 'Reviews that are not final and therefore not in the file: {{n}}. Export again when they are.',
  would:
    '{{year}}: {{added}} rows would be added; {{same}} are there already; {{kept}} of the roster and of rule versions differ and would stay as they are here. Nothing was changed.',
  taken:
    '{{year}} is imported: {{added}} rows added; {{same}} were there already; {{kept}} of the roster and of rule versions differ and stayed as they are here.',
};
