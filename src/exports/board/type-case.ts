/** Fonts of a board: how wide a text is, and which font has which character. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Font, create } from 'fontkit';
import { TenstarError } from '../../errors.ts';
import { characters } from './lines.ts';

const require = createRequire(import.meta.url);
const NOTO = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;
export type Weight = keyof typeof NOTO;

/** Printers put this where a sort is missing; it says so, where an empty box would say nothing. */
export const MISSING = '〓';

const points = (character: string): number[] => Array.from(character, (point) => point.codePointAt(0) ?? 0);

/** A text in one font. */
export interface Run {
  text: string;
  /** Path of the font file. */
  font: string;
  /** In units of the type size. */
  width: number;
}
export interface TypeCase {
  runs(text: string, weight: Weight): readonly Run[];
  /** In units of the type size. */
  width(text: string, weight: Weight): number;
  /** Characters that no font has and that were asked for, as `U+20005`. */
  missing(): string[];
}

interface Cut {
  path: string;
  font: Font;
}
/** @throws {TenstarError} `config_invalid` when the file holds no single font */
function open(path: string): Cut {
  try {
    const font = create(readFileSync(path));
    if ('layout' in font) return { path, font };
  } catch (error) {
    throw new TenstarError(
      'config_invalid',
      `The font ${path} cannot be read: name a TrueType or OpenType font file.`,
      {
        cause: error,
      },
    );
  }
  throw new TenstarError('config_invalid', `${path} is a collection of fonts: name a file with one font.`);
}

/** @param more font files for what the packaged font does not have, tried in this order */
export function openTypeCase(more: readonly string[]): TypeCase {
  const further = more.map(open);
  const noto = { regular: open(require.resolve(NOTO.regular)), bold: open(require.resolve(NOTO.bold)) };
  const lost = new Set<string>();
  const known = { regular: new Map<string, readonly Run[]>(), bold: new Map<string, readonly Run[]>() };

  const has = ({ font }: Cut, character: string): boolean =>
    points(character).every((point) => font.hasGlyphForCodePoint(point));

  function split(text: string, weight: Weight): readonly Run[] {
    const parts: { text: string; cut: Cut }[] = [];
    for (const character of characters(text)) {
      const found = [noto[weight], ...further].find((one) => has(one, character));
      if (found === undefined)
        for (const point of points(character)) lost.add(`U+${point.toString(16).toUpperCase().padStart(4, '0')}`);
      const [shown, cut] = found === undefined ? [MISSING, noto[weight]] : [character, found];
      const last = parts.at(-1);
      if (last?.cut === cut) last.text += shown;
      else parts.push({ text: shown, cut });
    }
    return parts.map(({ text: shown, cut: { path, font } }) => ({
      text: shown,
      font: path,
      width: font.layout(shown).advanceWidth / font.unitsPerEm,
    }));
  }
  const runs = (text: string, weight: Weight): readonly Run[] => {
    const found = known[weight].get(text) ?? split(text, weight);
    known[weight].set(text, found);
    return found;
  };
  return {
    runs,
    width: (text, weight) => runs(text, weight).reduce((sum, run) => sum + run.width, 0),
    missing: () => [...lost].toSorted(),
  };
}
