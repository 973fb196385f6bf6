/** English texts must have exactly the keys of the Chinese ones; plural forms (`_one`, `_other`) may be added. */
export type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
