import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/db.ts';
import { readUrn } from '../../src/usecases/urn-lifecycle.ts';
import { aRoll, type BallotWorld, ballotWorld, openBallot } from '../support/ballot-world.ts';

const SCRIPT = new URL('../support/ballot-burst.ts', import.meta.url).pathname;

/** Casts for `people` in a process of its own. @param killAfter acknowledgements before SIGKILL; null: let it end by itself */
async function burst(
  world: BallotWorld,
  review: string,
  people: readonly string[],
  killAfter: number | null,
): Promise<Map<string, string>> {
  const child = spawn(process.execPath, [SCRIPT, world.url, world.keysDir, review, ...people], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    printed += text;
    if (killAfter !== null && printed.split('\n').length - 2 >= killAfter) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = printed.split('\n').slice(0, -1); // a line cut off by the kill was not acknowledged
  expect(lines[0]).toBe('ready');
  if (killAfter === null) expect(lines.at(-1)).toBe('done');
  return new Map(
    lines
      .filter((line) => line.includes(' '))
      .map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]),
  );
}
const isReceipt = (answer: string) => /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(answer);

describe('kill -9 in the middle of a burst', () => {
  it('loses no acknowledged ballot and counts none twice', async () => {
    const world = await ballotWorld();
    const roll = aRoll({ members: 40, committee: 3, leaders: 3 });
    await openBallot(world, 'r1', roll);
    const people = roll.electors.map(({ person }) => person);
    const acknowledged = new Map<string, string>();
    for (const killAfter of [0, 1, 7, 12, 20]) {
      const answers = await burst(world, 'r1', people, killAfter);
      for (const [person, answer] of answers) {
        if (isReceipt(answer)) {
          expect(acknowledged.has(person)).toBe(false);
          acknowledged.set(person, answer);
        } else expect(answer).toBe('already_voted');
      }
      const db = await openDatabase({ url: world.url });
      const { receipts, cast } = await readUrn(db.read, world.keys, { review: 'r1', rollNo: 1 }); // slots == voters, or it throws
      expect(receipts).toHaveLength(cast);
      for (const receipt of acknowledged.values()) expect(receipts.filter((code) => code === receipt)).toHaveLength(1);
      await db.close();
    }
    expect(acknowledged.size).toBeGreaterThan(0);
    // Those whose answer was lost on the way are told that they have voted; everybody else still can.
    const rest = await burst(world, 'r1', people, null);
    expect(rest.size).toBe(46);
    const { receipts, cast } = await readUrn(world.db.read, world.keys, { review: 'r1', rollNo: 1 });
    expect(cast).toBe(46);
    const all = [...acknowledged.values(), ...[...rest.values()].filter(isReceipt)];
    expect(receipts).toEqual(expect.arrayContaining(all));
  }, 60_000);
});

describe('two processes on one database', () => {
  it('count everybody once', async () => {
    const world = await ballotWorld();
    const roll = aRoll({ members: 30, committee: 3, leaders: 3 });
    await openBallot(world, 'r1', roll);
    const people = roll.electors.map(({ person }) => person);
    const answers = await Promise.all([
      burst(world, 'r1', people, null),
      burst(world, 'r1', people.toReversed(), null),
    ]);
    const receipts = answers.flatMap((one) => [...one.values()]).filter(isReceipt);
    expect(answers.flatMap((one) => [...one.values()]).filter((answer) => answer === 'already_voted')).toHaveLength(36);
    const reading = await readUrn(world.db.read, world.keys, { review: 'r1', rollNo: 1 });
    expect(reading.cast).toBe(36);
    expect(reading.receipts.toSorted()).toEqual(receipts.toSorted());
  }, 60_000);
});
