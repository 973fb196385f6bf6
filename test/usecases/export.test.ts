/** `/export`: who gets which files, what is noted, and that nothing leaves for somebody who may no longer have it (F14, F15, F24). */
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resultsSchema } from '../../src/domain/results-json.ts';
import { translator } from '../../src/i18n.ts';
import { auditOf } from '../../src/store/audit.ts';
import { viewsOf } from '../../src/store/sheets.ts';
import { createFileComposer } from '../../src/usecases/compose-file.ts';
import { files } from '../../src/usecases/export-files.ts';
import { allText } from '../support/opinion-world.ts';
import { type Stage, stage, toBallot, toNotice, vote } from '../support/review-stage.ts';

const t = translator('zh-CN');
const PERIOD = '2026年第3季度';

/** With the people who are not in the branch: L0 and T0 lead its unit, O0 is the office, V1 and V2 look after a district each. */
async function city(): Promise<Stage> {
  const at = await stage();
  const others: [no: string, branch: string, role: string, scope: string][] = [
    ['L0', 'B002', 'leader', ''],
    ['T0', 'B002', 'leading_group', ''],
    ['O0', 'B003', 'office', ''],
    ['V1', 'B003', 'liaison', 'D1'],
    ['V2', 'B002', 'liaison', 'D2'],
    ['L3', 'B003', 'leader', ''],
  ];
  await at.use.db.script(`INSERT INTO district (code, name) VALUES ('D2', '另一片区');
    INSERT INTO unit (code, name) VALUES ('U2', '另一单位');
    INSERT INTO branch (code, name, district, unit) VALUES ('B003', '示例第三支部', 'D2', 'U2')`);
  await at.use.db.write(async (tx) => {
    for (const [no, branch, role, scope] of others) {
      await tx.run("INSERT INTO person (employee_no, name, branch, status, position) VALUES (?, ?, ?, 'full', 99)", [
        no,
        `某${no}`,
        branch,
      ]);
      await tx.run("INSERT INTO identity (platform, app_id, user_id, person) VALUES ('lark', 'cli_demo0001', ?, ?)", [
        `ou_${no}`,
        no,
      ]);
      await tx.run('INSERT INTO person_role (person, role, scope) VALUES (?, ?, ?)', [no, role, scope]);
    }
  });
  return at;
}
async function toTally(at: Stage): Promise<void> {
  await toBallot(at);
  await vote(at);
  await at.click('S0', { a: 'close_ballot', r: at.r });
}

const argsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
/** What somebody got: the sentence or the lines of the card, then the files. */
async function ask(at: Stage, person: string, text: string) {
  const before = (await at.outbox()).length;
  await at.type(person, text);
  const rows = (await at.outbox()).slice(before);
  const parsed = rows.map(({ card, recipient, args }) => ({
    card,
    recipient,
    args: argsSchema.parse(JSON.parse(args)),
  }));
  const [answer, ...sent] = parsed;
  const card = answer === undefined ? null : await at.card(answer.card, answer.args, person);
  return {
    said: allText(card),
    rows,
    recipients: [...new Set(parsed.map((row) => row.recipient))],
    files: sent.map((row) => ({ file: row.card.replace(/^file:/, ''), args: row.args })),
    names: sent.map((row) => row.card),
  };
}
const said = (key: Parameters<typeof t>[0], params: Record<string, string> = {}) =>
  (t as (k: typeof key, p: object) => string)(key, params);
const compose = (at: Stage) => createFileComposer(at.use, files);
const text = (file: { bytes: Uint8Array } | null) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(file?.bytes);

const WITH_SCORES = ['file:count_sheet', 'file:results_csv', 'file:results_json'];

describe('who gets what', () => {
  it('nobody anything before the count; a sentence says so', async () => {
    const at = await city();
    for (const person of ['S0', 'K1']) {
      const answer = await ask(at, person, '/导出');
      expect(answer.said).toContain(said('notice.export_not_counted', { branch: '示例第一支部', period: PERIOD }));
      expect(answer.names).toEqual([]);
    }
    expect((await ask(at, 'V1', '/导出 B001')).said).toContain(
      said('notice.not_published', { branch: '示例第一支部', period: PERIOD }),
    );
    expect((await ask(at, 'O0', '/export 2026-Q3')).said).toContain(said('notice.export_nothing', { period: PERIOD }));
    expect((await ask(at, 'X0', '/export')).said).toContain(said('notice.no_review'));
    expect((await ask(at, 'S0', '/导出 2025Q1')).said).toContain(
      said('notice.no_review_period', { period: '2025年第1季度' }),
    );
  });

  it('after the count committee and leaders of the unit the scores, the publicity list once it is confirmed', async () => {
    const at = await city();
    await toTally(at);
    for (const [person, words] of [
      ['S0', '/导出'],
      ['D0', '/导出 2026年 三季度'],
      ['K1', '/export 2026-Q3 b001'],
      ['L0', '/导出 B001'],
      ['T0', '/导出 B001 2026Q3'],
    ] as const) {
      const answer = await ask(at, person, words);
      expect(answer.names, person).toEqual(WITH_SCORES);
      expect(answer.recipients).toEqual([person]);
      for (const line of [said('export.file.count_sheet'), said('export.publicity_later'), said('export.with_scores')])
        expect(answer.said).toContain(line);
    }
    await at.click('S0', { a: 'confirm_results', r: at.r, p: 0 });
    const all = ['file:count_sheet', 'file:publicity', 'file:results_csv', 'file:results_json'];
    const answer = await ask(at, 'S0', '/导出');
    expect(answer.names).toEqual(all);
    expect(answer.said).not.toContain(said('export.publicity_later'));
    const list = answer.files.find(({ file }) => file === 'publicity');
    expect(list && (await compose(at)(list, 'S0'))?.name).toMatch(/公示表\.xlsx$/);
    for (const person of ['O0', 'V1']) expect((await ask(at, person, '/导出 B001')).names, person).toEqual([]);
    await at.click('S0', { a: 'publish_results', r: at.r });
    expect((await ask(at, 'S0', '/导出')).names).toEqual(all);
  });

  it('office and liaison officers what is published, of a branch or of all they look after; never a score', async () => {
    const at = await city();
    await toTally(at);
    for (const person of ['O0', 'V1']) expect((await ask(at, person, '/导出 B001')).names).toEqual([]);
    await at.click('S0', { a: 'confirm_results', r: at.r, p: 0 });
    await at.click('S0', { a: 'publish_results', r: at.r });
    const office = ['file:publicity', 'file:stars_csv', 'file:stars_json'];
    expect((await ask(at, 'O0', '/导出 B001')).names).toEqual(office);
    expect((await ask(at, 'O0', '/导出 2026-Q3')).names).toEqual([...office, 'file:league_csv']);
    expect((await ask(at, 'O0', '/导出 2026-Q3 d1')).names).toEqual([...office, 'file:league_csv']);
    expect((await ask(at, 'V1', '/导出 B001')).names).toEqual(['file:publicity']);
    const district = await ask(at, 'V1', '/导出');
    expect(district.names).toEqual(['file:publicity', 'file:league_csv']);
    expect(district.said).toContain('示例片区');
    for (const { file, args } of [...district.files, ...(await ask(at, 'O0', '/导出')).files]) {
      const made = await compose(at)({ file, args }, file === 'league_csv' ? 'V1' : 'O0');
      if (!made?.name.endsWith('.xlsx')) expect(text(made), file).not.toMatch(/score|total|mean_(self|committee)/);
    }
  });

  it('everybody else is told who may', async () => {
    const at = await city();
    await toNotice(at);
    for (const person of ['M01', 'R01'])
      for (const words of ['/导出', '/export 2026-Q3', '/导出 B001'])
        expect((await ask(at, person, words)).said, person).toContain(said('notice.not_allowed_export'));
    for (const person of ['X0', 'V2', 'L3']) {
      const answer = await ask(at, person, '/导出 B001');
      expect(answer.said, person).toContain(said('notice.not_allowed_export'));
      expect(answer.names).toEqual([]);
    }
    expect((await ask(at, 'V1', '/导出 D2')).said).toContain(said('notice.export_place'));
    expect((await ask(at, 'S0', '/导出 D1')).said).toContain(said('notice.export_place'));
    expect((await ask(at, 'S0', '/导出 不知道')).said).toContain(said('notice.export_place'));
    expect(await auditOf(at.use.db.read, at.r).then((rows) => rows.filter(({ act }) => act === 'exported'))).toEqual(
      [],
    );
  });
});

describe('what is noted', () => {
  it('who took how many away, and everybody on the sheet sees it; no name, no figure', async () => {
    const at = await city();
    await toTally(at);
    await ask(at, 'K1', '/导出');
    const [entry] = (await auditOf(at.use.db.read, at.r)).filter(({ act }) => act === 'exported');
    expect(entry?.actor).toBe('K1');
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ branches: 1, files: 3, people: 9, scores: true });
    expect((await viewsOf(at.use.db.read, 'M01', 5)).map(({ viewer }) => viewer)).toEqual(['K1']);
    expect(await viewsOf(at.use.db.read, 'K1', 5)).toEqual([]);
  });

  it('lists of published stars are noted, but are no look at a sheet', async () => {
    const at = await city();
    await toNotice(at);
    await ask(at, 'O0', '/导出');
    const rows = await at.use.db.read.all(
      z.object({ object: z.string(), detail: z.string() }),
      "SELECT object, detail FROM audit WHERE act = 'exported'",
    );
    expect(rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }))).toEqual([
      { object: 'city', detail: { branches: 1, files: 4, period: '2026-Q3', scores: false } },
    ]);
    expect(await viewsOf(at.use.db.read, 'M01', 5)).toEqual([]);
  });

  it('the outbox holds ids only', async () => {
    const at = await city();
    await toNotice(at);
    const rows = [...(await ask(at, 'S0', '/导出')).rows, ...(await ask(at, 'V1', '/导出')).rows];
    for (const { card, args } of rows) {
      if (card.startsWith('file:'))
        expect(
          Object.keys(argsSchema.parse(JSON.parse(args))).every((key) =>
            ['review', 'period', 'district'].includes(key),
          ),
        ).toBe(true);
      expect(args).not.toMatch(/某|支部|\d\.\d/);
    }
    expect(rows.filter(({ card }) => card.startsWith('file:')).length).toBe(6);
  });
});

describe('the files', () => {
  it('hold the same figures, under names that say what they are', async () => {
    const at = await city();
    await toNotice(at);
    const made = new Map<string, { name: string; bytes: Uint8Array } | null>();
    for (const ref of (await ask(at, 'S0', '/导出')).files) made.set(ref.file, await compose(at)(ref, 'S0'));
    expect([...made.values()].map((file) => file?.name)).toEqual([
      `示例第一支部_${PERIOD}_测评汇总表.xlsx`,
      `示例第一支部_${PERIOD}_公示表.xlsx`,
      `示例第一支部_${PERIOD}_测评结果.csv`,
      `示例第一支部_${PERIOD}_测评结果.json`,
    ]);
    const results = resultsSchema.parse(JSON.parse(text(made.get('results_json') ?? null)));
    const members = results.branches[0]?.members ?? [];
    expect(members).toHaveLength(9);
    const [sheet] = (await readXlsx(made.get('count_sheet')?.bytes ?? new Uint8Array())).sheets;
    const printed = (sheet?.rows ?? []).slice(5, 95);
    for (const [m, member] of members.entries())
      for (const [s, star] of member.stars.entries()) {
        const row = printed[m * 10 + s] ?? [];
        expect(row[7]).toBe(star.score === null ? '—' : Number(star.score));
        expect(row[8]).toBe(star.won ? '★' : '');
        if (s === 0) expect(row[9]).toBe(member.total === null ? '—' : Number(member.total));
      }
    const lines = text(made.get('results_csv') ?? null)
      .trimEnd()
      .split('\r\n')
      .slice(1);
    expect(lines).toHaveLength(90);
    expect(lines[0]).toContain(`${members[0]?.total},${members[0]?.stars[0]?.key}`);
    const [list] = (await readXlsx(made.get('publicity')?.bytes ?? new Uint8Array())).sheets;
    expect(list?.rows.slice(4, 13).map((row) => row[13])).toEqual(members.map(({ level }) => `${level}星`));
    expect(JSON.stringify(list?.rows)).not.toMatch(/\d\.\d/);
  });

  it('published figures for the office: stars, outstanding stars and levels', async () => {
    const at = await city();
    await toNotice(at);
    const make = compose(at);
    const { files: refs } = await ask(at, 'O0', '/导出');
    const of = (name: string) => refs.find(({ file }) => file === name) ?? { file: name, args: {} };
    const json = await make(of('stars_json'), 'O0');
    expect(json?.name).toBe(`全市_${PERIOD}_星级结果.json`);
    expect(JSON.parse(text(json))).toMatchObject({
      period: '2026-Q3',
      branches: [
        {
          branch: 'B001',
          district: 'D1',
          state: 'notice',
          members: expect.arrayContaining([
            {
              employee_no: 'M01',
              level: expect.any(Number) as number,
              stars: expect.any(Array) as string[],
              outstanding: [],
            },
          ]) as object[],
        },
      ],
    });
    const csv = text(await make(of('stars_csv'), 'O0')).split('\r\n');
    expect(csv[0]).toBe('\ufeffperiod,branch,branch_name,employee_no,name,level,stars,outstanding,rules_hash');
    expect(csv).toHaveLength(10);
    expect(csv.join()).not.toMatch(/\d\.\d/);
    expect(text(await make(of('league_csv'), 'O0'))).toContain('B001,示例第一支部');
  });

  it('are in the reader’s language', async () => {
    const at = await city();
    await toNotice(at);
    await at.type('S0', '/lang en');
    const [first] = (await ask(at, 'S0', '/export')).files;
    expect((await compose(at)(first ?? { file: '', args: {} }, 'S0'))?.name).toBe(
      '示例第一支部_Q3-2026_count-sheet.xlsx',
    );
  });
});

describe('asked again when a file is made', () => {
  it('who has lost the role, or left, gets nothing', async () => {
    const at = await city();
    await toNotice(at);
    const make = compose(at);
    const scores = (await ask(at, 'K1', '/导出')).files;
    const lists = (await ask(at, 'V1', '/导出')).files;
    for (const ref of scores) expect(await make(ref, 'K1')).not.toBeNull();
    await at.use.db.script(
      "DELETE FROM person_role WHERE person IN ('K1', 'V1'); UPDATE person SET left_on = '2026-10-09' WHERE employee_no = 'S0'",
    );
    for (const ref of scores)
      for (const person of ['K1', 'S0', 'M01', 'X0', 'V2', 'nobody']) expect(await make(ref, person)).toBeNull();
    for (const ref of lists) for (const person of ['V1', 'V2', 'M01']) expect(await make(ref, person)).toBeNull();
    for (const ref of scores) expect((await make(ref, 'O0')) !== null, ref.file).toBe(ref.file === 'publicity');
  });

  it('a ballot that was reopened has no figures', async () => {
    const at = await city();
    await toTally(at);
    const [ref] = (await ask(at, 'S0', '/导出')).files;
    await at.use.db.script("UPDATE review SET state = 'closed'");
    expect(await compose(at)(ref ?? { file: '', args: {} }, 'S0')).toBeNull();
  });

  it('a file never goes to a group, and an unknown one is a fault', async () => {
    const at = await city();
    await expect(compose(at)({ file: 'count_sheet', args: { review: at.r } }, null)).rejects.toThrow(
      'must not go to a group',
    );
    await expect(compose(at)({ file: 'diary', args: {} }, 'S0')).rejects.toThrow('No file is named diary');
  });
});

describe('the button below a result or a league', () => {
  it('sends the files privately to those entitled, and says to others who may', async () => {
    const at = await city();
    await toNotice(at);
    const press = async (person: string, action: Parameters<typeof at.click>[1]) => {
      const before = (await at.outbox()).length;
      const { toast } = await at.click(person, action);
      const rows = (await at.outbox()).slice(before);
      return { toast: toast?.text, to: [...new Set(rows.map(({ recipient }) => recipient))], n: rows.length };
    };
    const review = { a: 'export_review', r: at.r } as const;
    const ofCity = { a: 'export_league', k: '2026-Q3' } as const;
    const ofDistrict = { ...ofCity, d: 'D1' };
    const onTheirWay = said('export.on_their_way');
    expect(await press('S0', review)).toEqual({ toast: onTheirWay, to: ['S0'], n: 5 });
    expect(await press('V1', review)).toMatchObject({ toast: onTheirWay, to: ['V1'] });
    expect(await press('V1', ofDistrict)).toMatchObject({ toast: onTheirWay, to: ['V1'] });
    expect(await press('O0', ofCity)).toMatchObject({ toast: onTheirWay, to: ['O0'] });
    const refused = { toast: said('notice.not_allowed_export'), to: [], n: 0 };
    expect(await press('M01', review)).toEqual(refused);
    expect(await press('V2', ofDistrict)).toEqual(refused);
    expect(await press('V1', ofCity)).toEqual(refused);
    expect(await press('V1', { ...ofDistrict, k: '2026-Q1' })).toMatchObject({
      toast: said('notice.export_nothing', { period: '2026年第1季度' }),
    });
  });
});
