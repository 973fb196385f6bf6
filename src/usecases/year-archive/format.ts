/** The file a year travels in: JSON lines; the first says what it is, the last how much there is and what it all hashes to. */
import { z } from 'zod';

export const FORMAT = 1;
export const headSchema = z.strictObject({ tenstar_year: z.string().regex(/^\d{4}$/), format: z.literal(FORMAT) });
/** `t` is the table. */
export const lineSchema = z.strictObject({
  t: z.string(),
  r: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export const endSchema = z.strictObject({
  rows: z.int().min(0),
  /** Of every byte before this line. */
  sha256: z.string().length(64),
});
