/** At start-up: whether KEYS_DIR is the folder that belongs to this database. */
import { existsSync, readdirSync } from 'node:fs';
import { keyFiles } from '../ballot/keys.ts';
import { TenstarError } from '../errors.ts';
import type { Reader } from '../store/db.ts';
import { type SealedBoxOf, sealedBoxes } from '../store/sealed.ts';

const isEmpty = (dir: string): boolean => !existsSync(dir) || readdirSync(dir).length === 0;

/**
 * Sealed boxes whose key is not there. Run before the folder is made: a wrong one must not look like the right one afterwards.
 * @throws {TenstarError} `config_invalid` when the folder is empty or not there although there are boxes; ballots would be taken
 *   up to their close and could not be counted.
 */
export async function boxesWithoutKey(h: Reader, keysDir: string): Promise<SealedBoxOf[]> {
  const boxes = await sealedBoxes(h);
  if (boxes.length > 0 && isEmpty(keysDir))
    throw new TenstarError(
      'config_invalid',
      `KEYS_DIR ${keysDir} is empty, but the database holds sealed ballots or opinions (${boxes.length}): name the folder the bot used before. If its keys are lost, put any file into the folder to start without them; those boxes can never be opened.`,
    );
  const keys = new Set(keyFiles(keysDir).map(({ review, purpose }) => `${review} ${purpose}`));
  return boxes.filter(({ review, purpose }) => !keys.has(`${review} ${purpose}`));
}
