/** What people type into forms, read the same way everywhere. */
import { z } from 'zod';

const STARTS_WITH_DATE = /^\d{4}-\d{2}-\d{2}/;
/** The ISO date a form or a picker sent, `2026-10-09 +0800` included; null when there is none that exists. */
export function readDate(typed: string | undefined): string | null {
  const date = STARTS_WITH_DATE.exec((typed ?? '').trim())?.[0];
  return date !== undefined && z.iso.date().safeParse(date).success ? date : null;
}
/** One line without the blanks around it. */
export const cleanLine = (typed: string | undefined): string => (typed ?? '').replace(/\s+/gu, ' ').trim();
