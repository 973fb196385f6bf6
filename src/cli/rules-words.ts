/** How the parts of `tenstar rules` say what changed. */
import { changeText } from '../../cards/shared/scheme-words.ts';
import type { SchemeChange } from '../domain/scheme-diff.ts';
import { translator } from '../i18n.ts';
import type { Use } from '../use.ts';

/** The language of the installation. */
export const wordsOf = (use: Use) => ({ t: translator(use.config.defaultLocale), locale: use.config.defaultLocale });
export const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
/** Changes as indented lines. */
export const bullets = (changes: readonly SchemeChange[], use: Use): string[] =>
  changes.map((change) => `  ${changeText(change, wordsOf(use))}`);
export const changesJson = (changes: readonly SchemeChange[], use: Use) =>
  changes.map((change) => ({ ...change, text: changeText(change, wordsOf(use)) }));
