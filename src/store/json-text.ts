import { z } from 'zod';

/** A value kept as JSON text in one column. */
export const jsonText = <S extends z.ZodType>(schema: S) =>
  z.codec(z.string(), schema, { decode: (text) => JSON.parse(text), encode: (value) => JSON.stringify(value) });
