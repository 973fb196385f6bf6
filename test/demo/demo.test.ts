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

test('the demo prints a page where a review is open, leaves on SIGTERM and leaves nothing behind', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-demo-'));
  const args = [MAIN, 'demo', '--data', join(dir, 'data'), '--port', '42100', '--playground-port', '42200'];
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
    const { event_url: botUrl } = await client.urls();
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    for (const gone of [url, botUrl ?? '']) await expect(fetch(gone)).rejects.toThrow();
  } finally {
    child.kill('SIGKILL');
  }
}, 60_000);
