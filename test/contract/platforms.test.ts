import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dingtalkCase } from './dingtalk.ts';
import { larkCase } from './lark.ts';
import { platformContract } from './platform.ts';

/** Every chat platform there is; a new one adds its line here. */
const CASES = [larkCase, dingtalkCase];

for (const platform of CASES) platformContract(platform);

it('leaves no platform out', () => {
  const folders = readdirSync(new URL('../../src/platform', import.meta.url), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(CASES.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
});
