import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Player, PlaygroundClient } from '../support/playground.ts';

const MAIN = fileURLToPath(new URL('../../src/tenstar.mjs', import.meta.url));

test.each([
  { flags: [], port: 42_100, on: 'lark' },
  { flags: ['--dingtalk'], port: 42_300, on: 'dingtalk' },
  { flags: ['--both'], port: 42_500, on: 'both' },
] as const)(
  'the demo $flags prints a page where a review is open, leaves on SIGTERM and leaves nothing behind',
  async ({ flags, port, on }) => {
    const dir = mkdtempSync(join(tmpdir(), 'tenstar-demo-'));
    const args = [
      MAIN,
      'demo',
      ...flags,
      '--data',
      join(dir, 'data'),
      '--port',
      `${port}`,
      '--playground-port',
      `${port + 100}`,
    ];
    const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(child, 'exit');
    try {
      let url = '';
      for await (const line of createInterface({ input: child.stdout })) {
        url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
        if (url !== '') break;
      }
      expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
      const client = new PlaygroundClient(url);
      const secretary = (await client.people()).find((person) => person.note?.startsWith('书记'));
      if (secretary === undefined) throw new Error('nobody is secretary');
      const console = await new Player(client, secretary).card({ button: 'start_meeting' });
      expect(console.text).toContain('准备中');
      const used = new Set((await client.people()).map(({ platforms }) => platforms.join(' ')));
      expect([...used].toSorted()).toEqual(
        on === 'both' ? ['dingtalk', 'dingtalk lark', 'lark', 'lark dingtalk'] : [on],
      );
      // The button "let the others act": everybody files what waits for them, and nothing of it is refused.
      const played = await client.autoplay({ until: 'idle' });
      expect(played.problems).toEqual({});
      expect(played.work).toMatchObject({ self_review: 11, branch_review: 1, opinion: 14 });
      // The list of those who are due went into the group of the branch, which is on the secretary's platform.
      const [own] = secretary.platforms;
      const groups = (await client.chats(secretary.id)).filter(
        ({ type, name }) => type === 'group' && !name.includes('工作'),
      );
      expect(groups.map(({ platform }) => platform)).toEqual([own]);
      await client.waitFor(
        'a card in the group',
        async () => (await client.messages(secretary.id, groups[0]?.chat_id))[0]?.card,
      );
      const { event_url: botUrl } = await client.urls();
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
      for (const gone of [url, botUrl ?? '']) await expect(fetch(gone)).rejects.toThrow();
    } finally {
      child.kill('SIGKILL');
    }
  },
  60_000,
);
