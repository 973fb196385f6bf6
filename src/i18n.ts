import { createInstance, type ParseKeys, type TFunction } from 'i18next';
import { en } from './texts/en/index.ts';
import { zh } from './texts/zh/index.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof zh };
    returnNull: false;
  }
}

/** Looks a text up in one language. Keys and parameters are checked by the compiler against the Chinese texts. */
export type Translate = TFunction<'translation'>;

/** Any key of the texts. */
export type TextKey = ParseKeys;
/** For keys that come from data (a refusal's reason, a stored notice): the key is checked, the parameters are not. */
export const say = (t: Translate, key: TextKey, params: Readonly<Record<string, string | number>> = {}): string =>
  (t as (key: string, params: Readonly<Record<string, string | number>>) => string)(key, params);

const instance = createInstance();
await instance.init({
  resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
  lng: 'zh-CN',
  fallbackLng: false,
  interpolation: { escapeValue: false }, // cards are not HTML; each renderer escapes for its platform
  returnNull: false,
});

/** Texts without parameters are looked up once: cards ask for the same few over and over. */
function remembering(locale: Locale): Translate {
  const look = instance.getFixedT(locale) as (key: string, params: object) => string;
  const known = new Map<string, string>();
  const translate = (key: string, params?: object): string => {
    if (params !== undefined) return look(key, params);
    const text = known.get(key) ?? look(key, {});
    known.set(key, text);
    return text;
  };
  return translate as unknown as Translate; // the library's type is a list of overloads no function of one's own can have
}
const translators: Readonly<Record<Locale, Translate>> = { 'zh-CN': remembering('zh-CN'), en: remembering('en') };
export const translator = (locale: Locale): Translate => translators[locale];
