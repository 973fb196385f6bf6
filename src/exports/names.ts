import type { Catalogue } from '../domain/catalogue.ts';
import type { Locale, Translate } from '../i18n.ts';
import type { PrintedVersion } from '../version-name.ts';

/** What a sheet needs beside the results, which hold codes and keys only. */
export interface SheetNames {
  locale: Locale;
  t: Translate;
  catalogue: Catalogue;
  /** The rules the result rests on. */
  version: PrintedVersion;
  branchName: string;
  districtName: string;
  /** Names by employee number. */
  people: ReadonlyMap<string, string>;
}

/** Name of a star in the reader's language. */
export function starName({ catalogue, locale }: Pick<SheetNames, 'catalogue' | 'locale'>, key: string): string {
  const named = (entry: { key: string }) => entry.key === key;
  const star = catalogue.member.find(named) ?? catalogue.branch.find(named);
  return star === undefined ? key : locale === 'en' ? star.en : star.zh;
}

const FORBIDDEN = /[\][:*?/\\']/g;
const SHEET_NAME_CHARACTERS = 31;
/** Sheet names that a spreadsheet accepts: short, without special characters, each once. */
export function sheetNamer(): (wanted: string) => string {
  const used = new Set<string>();
  return (wanted) => {
    const plain = wanted.replace(FORBIDDEN, ' ').trim() || '1';
    let name = plain.slice(0, SHEET_NAME_CHARACTERS);
    for (let n = 2; used.has(name.toLowerCase()); n += 1) {
      const end = ` ${n}`;
      name = plain.slice(0, SHEET_NAME_CHARACTERS - end.length) + end;
    }
    used.add(name.toLowerCase());
    return name;
  };
}
