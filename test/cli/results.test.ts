import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runCli } from '../../src/cli/cli.ts';
import { resultsSchema } from '../../src/domain/results-json.ts';
import { readFirstSheet } from '../../src/exports/workbook.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { type Stage, stage, toNotice } from '../support/review-stage.ts';

const out = mkdtempSync(join(tmpdir(), 'tenstar-results-'));
let at: Stage;
beforeAll(async () => {
  at = await stage();
  await toNotice(at);
}, 30_000);

async function tenstar(...args: string[]) {
  const result = { code: 0, stdout: '', stderr: '' };
  await runCli(args, {
    env: { DATABASE_URL: at.use.config.database.url, KEYS_DIR: at.use.config.keysDir },
    stdout: { write: (text: string) => (result.stdout += text) },
    stderr: { write: (text: string) => (result.stderr += text) },
    setExitCode: (code) => (result.code = code),
  });
  return result;
}
const exported = async () => {
  const rows = await at.use.db.read.all(
    z.object({ actor: z.string(), object: z.string(), detail: z.string() }),
    "SELECT actor, object, detail FROM audit WHERE act = 'exported' ORDER BY seq",
  );
  return rows.map(({ detail, ...row }) => ({ ...row, ...(JSON.parse(detail) as object) }));
};

test('JSON is exactly what the contract names, alone on standard output, and the trail says that it left', async () => {
  const { code, stdout, stderr } = await tenstar(
    'results',
    '--period',
    '2026-Q3',
    '--branch',
    'B001',
    '--format',
    'json',
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const results = resultsSchema.parse(JSON.parse(stdout));
  expect(Object.keys(results)).toEqual(['period', 'rules_hash', 'branches']);
  const [branch] = results.branches;
  expect(Object.keys(branch ?? {})).toEqual([
    'branch',
    'district',
    'group',
    'state',
    'counts',
    'members',
    'branch_feedback',
  ]);
  expect(branch).toMatchObject({ branch: 'B001', state: 'notice' });
  expect(branch?.members.length).toBeGreaterThan(5);
  expect(await exported()).toEqual([
    { actor: 'system', object: '2026-Q3', format: 'json', branches: 1, people: branch?.members.length, scores: true },
  ]);
  expect((await verifyAudit(at.use.db.read)).ok).toBe(true);
});

test('CSV and a spreadsheet say the same', async () => {
  const csv = await tenstar('results', '--period', '2026-Q3', '--format', 'csv');
  expect(csv.stdout.startsWith('\ufeffperiod,branch,employee_no,')).toBe(true);
  expect(csv.stdout).toContain('2026-Q3,B001,M01,某M01,');
  const file = join(out, 'results.xlsx');
  expect(await tenstar('results', '--period', '2026-Q3', '--format', 'xlsx', '--out', file)).toMatchObject({
    code: 0,
    stdout: '',
  });
  const rows = await readFirstSheet(new Uint8Array(readFileSync(file)), 200);
  expect(rows[0]?.[0]).toContain('示例第一支部');
  expect(rows.some((row) => row.includes('某M01'))).toBe(true);
});

test('nothing is noted where nothing left: a period without a result, an output that is refused', async () => {
  const before = (await exported()).length;
  expect(await tenstar('results', '--period', '2026-Q2')).toMatchObject({ code: 0 });
  expect(await tenstar('results', '--period', '2026-Q3', '--format', 'xlsx')).toMatchObject({ code: 1 });
  expect(await exported()).toHaveLength(before);
});

test('a broken trail is told with its place, and with exit code 1', async () => {
  expect((await tenstar('audit', 'verify')).stdout).toMatch(/^\d+ entries, unbroken\. Head [0-9a-f]{64}\n$/);
  await at.use.db.script(`DROP TRIGGER audit_is_append_only_update; UPDATE audit SET actor = 'M01' WHERE seq = 3`);
  const broken = await tenstar('audit', 'verify');
  expect(broken).toMatchObject({ code: 1, stdout: '' });
  expect(broken.stderr).toBe(
    'The trail is broken at entry 3: it was changed after it was written. Compare with the newest backup.\n',
  );
  expect(JSON.parse((await tenstar('audit', 'verify', '--json')).stdout)).toMatchObject({
    ok: false,
    seq: 3,
    why: 'changed_entry',
  });
});
