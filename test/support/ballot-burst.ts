/**
 * A process of its own that casts as fast as it can: `ballot-burst.ts <url> <keysDir> <review> <person>…`. Every acknowledged
 * ballot is written to standard output as `person receipt` or `person refusal` before the next turn; the parent kills it.
 */
import { writeSync } from 'node:fs';
import { createKeyStore } from '../../src/ballot/keys.ts';
import { openDatabase } from '../../src/store/db.ts';
import { electorsOf } from '../../src/store/elector.ts';
import { subjectsOf } from '../../src/store/subjects.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { fill, NOON } from './ballot-world.ts';

const [url = '', keysDir = '', review = '', ...people] = process.argv.slice(2);
const db = await openDatabase({ url });
const subjects = (await subjectsOf(db.read, review)).map((row) => ({ ...row, graded: row.graded === 1 }));
const roll = { electors: await electorsOf(db.read, review), subjects };
const caster = createBallotCaster({ db, keys: createKeyStore(keysDir), now: () => NOON, maxGroup: 8 });
writeSync(1, 'ready\n');
await Promise.all(
  people.map(async (person) => {
    const verdict = await caster.cast({ review, rollNo: 1, person, marks: fill(roll, person) });
    writeSync(1, `${person} ${verdict.ok ? verdict.value.receipt : verdict.reason}\n`);
  }),
);
writeSync(1, 'done\n');
await db.close();
process.exit(0);
