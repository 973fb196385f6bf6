/**
 * A process of its own that gives opinions as fast as it can: `opinion-burst.ts <url> <keysDir> <review> <now> <person>…`. Every
 * acknowledged form is written to standard output as `person given` or `person refusal`; the parent kills it.
 */
import { writeSync } from 'node:fs';
import { createKeyStore } from '../../src/ballot/keys.ts';
import { readForm } from '../../src/domain/opinion.ts';
import { openDatabase } from '../../src/store/db.ts';
import { giveOpinion } from '../../src/usecases/review/opinions.ts';

const [url = '', keysDir = '', review = '', now = '0', ...people] = process.argv.slice(2);
const db = await openDatabase({ url });
const use = { db, keys: createKeyStore(keysDir), sealed: () => {} };
writeSync(1, 'ready\n');
await Promise.all(
  people.map(async (person) => {
    const given = await giveOpinion(use, {
      review,
      person,
      form: readForm({ branch: `from-${person}-end` }),
      now: Number(now),
    });
    writeSync(1, `${person} ${given.ok ? 'given' : given.reason}\n`);
  }),
);
writeSync(1, 'done\n');
await db.close();
process.exit(0);
