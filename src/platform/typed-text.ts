/**
 * What a person typed, without the control characters that no keyboard makes: the database would give a text back only up to its first
 * NUL. Tabs stay, and every kind of line break becomes one.
 */
export const typedText = (text: string): string =>
  text.replace(/\r\n?|[\v\f\u0085]/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');
