/** Three ways to write the same JSON. All are legal; a receiver that parses and rewrites before it checks the signature fails on two. */
import type { Faults } from '../faults.ts';

export function writeJson(value: unknown, style: Faults['json_style']): string {
  switch (style) {
    case 'compact':
      return JSON.stringify(value);
    case 'spaced':
      return JSON.stringify(value, null, 1);
    case 'escaped':
      return JSON.stringify(value)
        .replaceAll('/', '\\/')
        .replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
}
