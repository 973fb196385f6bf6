/** Versions of the rules, the catalogue and the project descriptions, kept by hash. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

export const putRulesVersion = (tx: Writer, hash: string, body: string, at: number): Promise<number> =>
  tx.run('INSERT INTO rules_version (hash, body, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [hash, body, at]);
export const putCatalogueVersion = (tx: Writer, hash: string, body: string, at: number): Promise<number> =>
  tx.run('INSERT INTO catalogue_version (hash, body, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [hash, body, at]);
export const putProjectsVersion = (tx: Writer, hash: string, body: string, at: number): Promise<number> =>
  tx.run('INSERT INTO projects_version (hash, body, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [hash, body, at]);
const bodyRow = z.object({ body: z.string() });
export const rulesBody = async (h: Reader, hash: string): Promise<string | null> =>
  (await h.get(bodyRow, 'SELECT body FROM rules_version WHERE hash = ?', [hash]))?.body ?? null;
export const catalogueBody = async (h: Reader, hash: string): Promise<string | null> =>
  (await h.get(bodyRow, 'SELECT body FROM catalogue_version WHERE hash = ?', [hash]))?.body ?? null;
export const projectsBody = async (h: Reader, hash: string): Promise<string | null> =>
  (await h.get(bodyRow, 'SELECT body FROM projects_version WHERE hash = ?', [hash]))?.body ?? null;
