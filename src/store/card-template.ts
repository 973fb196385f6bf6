/** What drew the card that was tapped last, by template id. */
import { z } from 'zod';
import type { Reader, Writer } from './db.ts';

const row = z.object({ version: z.int() });

/** @param version 0: not ours */
export async function rememberTemplate(
  tx: Writer,
  platform: string,
  templateId: string,
  version: number,
): Promise<void> {
  await tx.run(
    `INSERT INTO card_template (platform, template_id, version) VALUES (?1, ?2, ?3)
     ON CONFLICT DO UPDATE SET version = ?3 WHERE version <> ?3`,
    [platform, templateId, version],
  );
}

/** Null until a card made with this template was tapped. */
export const templateSeen = async (h: Reader, platform: string, templateId: string): Promise<number | null> =>
  (await h.get(row, 'SELECT version FROM card_template WHERE platform = ? AND template_id = ?', [platform, templateId]))
    ?.version ?? null;
