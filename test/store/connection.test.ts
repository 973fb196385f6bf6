import { expect, test } from 'vitest';
import { createConnection } from '../../src/store/connection.ts';
import type { Link } from '../../src/store/local-client.ts';

class Spoiled extends Error {}

function opener() {
  const links: (Link & { closed: number })[] = [];
  const open = async (): Promise<Link> => {
    const link = {
      closed: 0,
      execute: async () => ({ rows: [], rowsAffected: 0 }),
      transaction: async () => ({
        execute: async () => ({ rows: [], rowsAffected: 0 }),
        commit: async () => {},
        close: () => {},
      }),
      executeMultiple: async () => {},
      close() {
        link.closed += 1;
      },
    };
    links.push(link);
    return link;
  };
  const connection = createConnection(open, (error) => error instanceof Spoiled);
  return { links, connection, closed: () => links.map(({ closed }) => closed) };
}
const spoil = () => Promise.reject(new Spoiled());

test('one connection serves everybody as long as nothing spoils it', async () => {
  const { connection, links, closed } = opener();
  await Promise.all([connection.use(async () => 1), connection.use(async () => 2)]);
  await expect(connection.use(() => Promise.reject(new Error('a constraint')))).rejects.toThrow('a constraint');
  await connection.use(async () => 3);
  expect(links).toHaveLength(1);
  await connection.close();
  expect(closed()).toEqual([1]);
});

test('a spoiled one is closed, once, and the next use has another', async () => {
  const { connection, closed } = opener();
  const failures = await Promise.allSettled([connection.use(spoil), connection.use(spoil)]);
  expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(closed()).toEqual([1]);
  await Promise.all([connection.use(async () => 1), connection.use(async () => 2)]);
  expect(closed()).toEqual([1, 0]);
});

test('it is closed only when the last who is on it has left, as from a transaction', async () => {
  const { connection, links, closed } = opener();
  let leave = (): void => {};
  const transaction = connection.use(() => new Promise<void>((resolve) => (leave = resolve)));
  await expect(connection.use(spoil)).rejects.toThrow(Spoiled);
  expect(closed()).toEqual([0]);
  const next = await connection.use(async (link) => link);
  expect(next).toBe(links[1]);
  leave();
  await transaction;
  expect(closed()).toEqual([1, 0]);
});

test('one that could not be opened is not kept', async () => {
  let tries = 0;
  const { links, connection } = opener();
  const unlucky = createConnection(
    async () => {
      tries += 1;
      if (tries === 1) throw new Error('no such folder');
      return connection.use(async (link) => link);
    },
    () => false,
  );
  await expect(unlucky.use(async () => 1)).rejects.toThrow('no such folder');
  expect(await unlucky.use(async () => 1)).toBe(1);
  expect(links).toHaveLength(1);
});
