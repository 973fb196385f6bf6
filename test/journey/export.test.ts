/** Results as files in the chat: asked for, downloaded, opened again and compared with the results the command line prints. */
import { createHash } from 'node:crypto';
import { readXlsx } from 'hucre/xlsx';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latestEndedQuarter, today } from '../../src/domain/period.ts';
import { type Results, resultsSchema } from '../../src/domain/results-json.ts';
import { periodName } from '../../src/period-name.ts';
import { openDatabase } from '../../src/store/db.ts';
import { auditActs, en, step, t, told } from '../support/journey.ts';
import { castBallot, fileSelfReview, runMeeting } from '../support/review-play.ts';
import { type Member, nameOf, PLATFORMS, World } from '../support/world.ts';

const MEMBERS: readonly Member[] = [
  { no: 'E01', branch: 'B001', roles: 'secretary' },
  { no: 'E02', branch: 'B001', roles: 'deputy_secretary' },
  { no: 'E03', branch: 'B001', roles: 'committee', locale: 'en' },
  { no: 'E04', branch: 'B001', roles: 'leader' },
  ...['E05', 'E06', 'E07'].map((no) => ({ no, branch: 'B001' })),
  { no: 'E08', branch: 'B001', status: 'probationary' },
  { no: 'C01', branch: 'B001', status: 'colleague' },
  { no: 'F01', branch: 'B002', roles: 'secretary' },
  { no: 'F02', branch: 'B002', roles: 'liaison:D1' },
  { no: 'F03', branch: 'B002', roles: 'office' },
];
const OF_B001 = MEMBERS.filter((member) => member.branch === 'B001').map(({ no }) => no);
const NEWEST = latestEndedQuarter(today(Date.now(), 'Asia/Shanghai'));
const PERIOD = periodName(t, NEWEST);
const BRANCH = 'B001支部';

describe.each(PLATFORMS)('%s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      platform,
      branches: [
        { code: 'B001', unit: 'U1' },
        { code: 'B002', unit: 'U2' },
      ],
      members: MEMBERS,
    });
    await world.as('E01').ask('/评议 开启', { button: 'start_meeting' });
    for (const no of OF_B001.filter((one) => one !== 'C01')) await fileSelfReview(world, no, 9);
    await runMeeting(world, 'E01', 'B001', OF_B001);
  }, 60_000);
  afterAll(() => world?.stop());

  interface Got {
    name: string;
    bytes: Uint8Array;
  }
  /** Asks, reads the card that announces the files, waits for them and downloads them. */
  async function askFiles(
    no: string,
    text: string,
    where: { chat?: string } = {},
  ): Promise<{ said: string; files: Got[] }> {
    const player = world.as(no);
    await player.say(text, where);
    const texts = no === 'E03' ? en : t;
    const card = await player.nextCard({ title: texts('export.title') });
    const files: Got[] = [];
    for (const _ of card.view.texts
      .filter((line) => /XLSX|CSV|JSON/.test(line))
      .join('\n')
      .match(/XLSX|CSV|JSON/g) ?? []) {
      const { file } = await player.next((message) => message.file !== undefined);
      if (file !== undefined) files.push(await world.download(file));
    }
    return { said: card.text, files };
  }
  const named = (files: readonly Got[], end: string): Uint8Array =>
    files.find(({ name }) => name.endsWith(end))?.bytes ?? new Uint8Array();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const printed = async (): Promise<Results> =>
    resultsSchema.parse(
      JSON.parse(await world.cliOk('results', '--period', NEWEST, '--branch', 'B001', '--format', 'json')),
    );

  test('while the ballot is open there is nothing to export', async () => {
    expect(await told(world, 'E01', '/导出')).toBe(t('notice.export_not_counted', { branch: BRANCH, period: PERIOD }));
    expect(await told(world, 'F03', '/导出')).toBe(t('notice.export_nothing', { period: PERIOD }));
  });

  describe('after the count', () => {
    beforeAll(async () => {
      for (const no of OF_B001)
        await castBallot(world, no, (subject, _star, i) =>
          subject === 'E05' ? 10 : subject === 'E07' ? 7 : i < 8 ? 9 : 7,
        );
      await step(world, 'E01', 'close_ballot');
    }, 60_000);

    test('the secretary gets the count sheet and the data, and every figure is that of the results', async () => {
      const { said, files } = await askFiles('E01', '/导出');
      expect(said).toContain(t('export.with_scores'));
      expect(said).toContain(t('export.publicity_later'));
      expect(files.map(({ name }) => name)).toEqual([
        `${BRANCH}_${PERIOD}_测评汇总表.xlsx`,
        `${BRANCH}_${PERIOD}_测评结果.csv`,
        `${BRANCH}_${PERIOD}_测评结果.json`,
      ]);
      const results = await printed();
      expect(JSON.parse(text(named(files, '.json')))).toEqual(results);

      const members = results.branches[0]?.members ?? [];
      expect(members).toHaveLength(8);
      const { sheets } = await readXlsx(named(files, '.xlsx'));
      expect(sheets).toHaveLength(2);
      const rows = sheets[0]?.rows ?? [];
      const figure = (value: string | null | undefined) =>
        value === null || value === undefined ? '—' : Number(value);
      for (const [m, member] of members.entries()) {
        const block = rows.slice(5 + m * 10, 15 + m * 10);
        expect(block[0]?.[1]).toBe(
          nameOf(MEMBERS.find(({ no }) => no === member.employee_no) ?? { no: '', branch: '' }),
        );
        expect(block[0]?.[9]).toBe(figure(member.total));
        for (const [s, { means, score, won }] of member.stars.entries())
          expect(block[s]?.slice(3, 9)).toEqual([
            figure(means?.self),
            figure(means?.members_and_colleagues),
            figure(means?.committee),
            figure(means?.leadership),
            figure(score),
            won ? '★' : '',
          ]);
      }
      const feedback = results.branches[0]?.branch_feedback ?? [];
      expect(sheets[1]?.rows.slice(3, 3 + feedback.length).map((row) => row[3])).toEqual(
        feedback.map((star) => figure(star.members_and_colleagues)),
      );
      expect(rows.at(-1)?.filter(Boolean)).toEqual([
        t('sheets.scrutineer'),
        t('sheets.teller'),
        t('sheets.secretary'),
        t('sheets.date'),
      ]);

      const csv = text(named(files, '.csv'))
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(','));
      expect(csv.map((row) => [row[2], row[5], row[8]])).toEqual(
        members.flatMap((member) =>
          member.stars.map((star) => [member.employee_no, member.total ?? '', star.score ?? '']),
        ),
      );
    });

    test('asked for in a group, the files come privately', async () => {
      const chat = world.chat('branch:B001');
      const before = (await world.as('E05').messages(chat)).length;
      const player = world.as('E02');
      await player.say('/导出', { chat });
      await player.nextCard({ title: t('common.app') }, { chat });
      await player.nextCard({ title: t('export.title') });
      for (let n = 0; n < 3; n++) await player.next((message) => message.file !== undefined);
      const after = (await world.as('E05').messages(chat)).slice(before);
      expect(
        after.filter(({ file, sender }) => file !== undefined || sender.kind !== 'bot').map(({ file }) => file),
      ).toEqual([undefined]);
      expect(after.filter(({ sender }) => sender.kind === 'bot')).toHaveLength(1);
    });

    test('a member is refused with a sentence that says who may, and so is another secretary', async () => {
      for (const no of ['E05', 'C01']) expect(await told(world, no, '/导出'), no).toBe(t('notice.not_allowed_export'));
      for (const no of ['E05', 'F01'])
        expect(await told(world, no, '/export B001'), no).toBe(t('notice.not_allowed_export'));
      for (const no of ['F02', 'F03'])
        expect(await told(world, no, '/导出 B001'), no).toBe(
          t('notice.not_published', { branch: BRANCH, period: PERIOD }),
        );
      for (const no of ['E05', 'C01', 'F01', 'F02', 'F03'])
        expect((await world.as(no).messages()).filter(({ file }) => file !== undefined)).toEqual([]);
    });

    test('whoever is on the sheet sees who took it away', async () => {
      const me = await world.as('E05').ask('/我的', { title: t('result.me_title') });
      expect(me.text).toContain('张E01');
      expect((await auditActs(world)).filter((act) => /^exported (?!system)/.test(act))).toEqual([
        'exported E01',
        'exported E02',
      ]);
    });
  });

  describe('after publication', () => {
    beforeAll(async () => {
      const confirmed = await (await world.as('E01').ask('/评议 确认', { button: 'confirm_results' })).press(
        'confirm_results',
        {},
      );
      await confirmed.card.press('publish_results');
    }, 60_000);

    test('committee and leader get the publicity list as well, in their own language', async () => {
      const leader = await askFiles('E04', `/导出 ${NEWEST} B001`);
      expect(leader.files.map(({ name }) => name)).toContain(`${BRANCH}_${PERIOD}_公示表.xlsx`);
      const english = await askFiles('E03', '/export');
      expect(english.files.map(({ name }) => name)).toContain(
        `${BRANCH}_${periodName(en, NEWEST).replaceAll(' ', '-')}_count-sheet.xlsx`,
      );
      const [sheet] = (await readXlsx(named(english.files, 'count-sheet.xlsx'))).sheets;
      expect(sheet?.rows[0]?.[0]).toBe(en('sheets.count_title', { branch: BRANCH }));
    });

    test('the office gets published figures, the liaison officer lists; a score is in neither', async () => {
      const results = await printed();
      const graded = (results.branches[0]?.members ?? []).filter(({ level }) => level !== null);
      const office = await askFiles('F03', '/导出');
      expect(office.files.map(({ name }) => name)).toEqual(
        ['公示表.xlsx', '星级结果.csv', '星级结果.json', '支部排行.csv'].map((end) => `全市_${PERIOD}_${end}`),
      );
      expect(JSON.parse(text(named(office.files, '.json')))).toEqual({
        period: NEWEST,
        rules_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        branches: [
          {
            branch: 'B001',
            district: 'D1',
            state: 'notice',
            members: graded.map(({ employee_no, level, stars }) => ({
              employee_no,
              level,
              stars: stars.filter(({ won }) => won).map(({ key }) => key),
              outstanding: [],
            })),
          },
        ],
      });
      const liaison = await askFiles('F02', '/导出');
      expect(liaison.files.map(({ name }) => name)).toEqual(
        ['公示表.xlsx', '支部排行.csv'].map((end) => `D1片区_${PERIOD}_${end}`),
      );
      expect((await askFiles('F02', '/导出 B001')).files.map(({ name }) => name)).toEqual([
        `${BRANCH}_${PERIOD}_公示表.xlsx`,
      ]);
      for (const { name, bytes } of [...office.files, ...liaison.files]) {
        if (name.includes('排行')) continue;
        const held = name.endsWith('.xlsx')
          ? JSON.stringify((await readXlsx(bytes)).sheets.map(({ rows }) => rows))
          : text(bytes);
        expect(held, name).not.toMatch(/\d\.\d|score|total/);
      }
    });

    test('nothing personal waits in the outbox, the log or the audit trail', async () => {
      const db = await openDatabase({ url: String(world.env['DATABASE_URL']), authToken: undefined });
      const rows = await db.read.all(
        z.object({ args: z.string() }),
        "SELECT args FROM outbox WHERE card LIKE 'file:%'",
      );
      const details = await db.read.all(
        z.object({ detail: z.string() }),
        "SELECT detail FROM audit WHERE act = 'exported'",
      );
      await db.close();
      expect(rows.length).toBeGreaterThan(10);
      const held = [...rows.map(({ args }) => args), ...details.map(({ detail }) => detail)].join('\n');
      for (const { no, name = `张${no}` } of MEMBERS) for (const word of [no, name]) expect(held).not.toContain(word);
      expect(held).not.toMatch(/\d\.\d/);
      expect(world.bot.log()).not.toContain('测评汇总表');
      await world.cliOk('audit', 'verify');
    });

    test('the same file twice is the same figures', async () => {
      const hashes = async () =>
        (await askFiles('E01', '/导出')).files
          .filter(({ name }) => !name.endsWith('.xlsx'))
          .map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
      expect(await hashes()).toEqual(await hashes());
    });
  });
});
