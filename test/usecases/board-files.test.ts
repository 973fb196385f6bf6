/** Boards as files in the chat: sent once to the branch, on request to members and secretaries, to nobody else (R59, J7, J19, F14). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schemeCode, schemeHashes } from '../../src/domain/scheme.ts';
import { translator } from '../../src/i18n.ts';
import { auditOf } from '../../src/store/audit.ts';
import { boardFiles } from '../../src/usecases/board/files.ts';
import { createFileComposer } from '../../src/usecases/compose-file.ts';
import { type CommitWorld, commitWorld } from '../support/commit-world.ts';
import { allText, buttonNames, type OpinionWorld, runJob } from '../support/opinion-world.ts';
import { readPdf } from '../support/pdf-text.ts';
import { stage, toNotice } from '../support/review-stage.ts';

const t = translator('zh-CN');
const argsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
/** Files that wait to be sent. */
const files = async (world: OpinionWorld) =>
  (await world.outbox())
    .filter(({ card }) => card.startsWith('file:'))
    .map(({ card, recipient, args, notBefore }) => ({
      file: card.replace('file:', ''),
      recipient,
      args: argsSchema.parse(JSON.parse(args)),
      notBefore,
    }));
const compose = (world: OpinionWorld, file: string, args: Record<string, string | number>, person: string | null) =>
  createFileComposer(world.use, boardFiles)({ file, args }, person);
const branchArgs = { branch: 'B001', year: 2026 };

/** M01 and M02 have published commitments, M03's are approved only. */
async function published(): Promise<CommitWorld> {
  const world = await commitWorld();
  for (const person of ['M01', 'M02']) await world.committed(person);
  await world.click('S0', { a: 'commit_publish', y: 2026 });
  await world.committed('M03');
  return world;
}

describe('after publication', () => {
  it('the branch chat gets the board as a file, behind the message that tells of it, with ids only waiting', async () => {
    const world = await published();
    expect(await files(world)).toEqual([
      { file: 'board_branch', recipient: 'oc_branch', args: branchArgs, notBefore: expect.any(Number) },
    ]);
    const order = (await world.outbox()).filter(({ recipient }) => recipient === 'oc_branch').map(({ card }) => card);
    expect(order.slice(-2)).toEqual(['commitments_published', 'file:board_branch']);
    const file = await compose(world, 'board_branch', branchArgs, null);
    expect(file?.name).toBe('示例第一支部_2026_公开承诺公示板.pdf');
    const { bare } = await readPdf(file?.bytes ?? new Uint8Array());
    for (const part of ['示例第一支部2026年公开承诺', '某M01', '某M02', '按期率不低于91%', '12月18日', '示例单位'])
      expect(bare).toContain(part);
    expect(bare).not.toMatch(/某M03|B001/);
    expect(bare).toContain(`${schemeCode(schemeHashes(world.use.years.of(2026)))}）`);
  });

  it('a second click publishes nothing and sends nothing; a later sheet brings a new board', async () => {
    const world = await published();
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    expect(await files(world)).toHaveLength(2);
    const file = await compose(world, 'board_branch', branchArgs, null);
    expect((await readPdf(file?.bytes ?? new Uint8Array())).bare).toContain('某M03');
  });

  it('where the branch has no chat, those who hang boards up get it', async () => {
    const world = await commitWorld();
    await world.use.db.write((tx) => tx.run("UPDATE chat SET active = 0 WHERE chat_id = 'oc_branch'"));
    await world.committed('M01');
    await world.click('S0', { a: 'commit_publish', y: 2026 });
    expect((await files(world)).map(({ file, recipient }) => [file, recipient])).toEqual([
      ['board_branch', 'S0'],
      ['board_branch', 'D0'],
    ]);
  });
});

describe('on request', () => {
  it('a member gets the own board, by the button on the card of commitments and on /me', async () => {
    const world = await published();
    for (const [card, args] of [
      ['commitment', { year: 2026, whose: 'own', star: 0 }],
      ['me', {}],
    ] as const)
      expect(
        buttonNames(await world.card(card, args, 'M01')).filter((name) => name.startsWith('board_file')),
      ).toHaveLength(1);
    const before = (await files(world)).length;
    const answer = await world.click('M01', { a: 'board_file', w: 'own', y: 2026 });
    expect(answer.toast).toEqual({ type: 'success', text: t('boardfile.on_its_way') });
    expect((await files(world)).slice(before)).toMatchObject([
      { file: 'board_member', recipient: 'M01', args: { year: 2026 } },
    ]);
    const file = await compose(world, 'board_member', { year: 2026 }, 'M01');
    expect(file?.name).toBe('示例第一支部_某M01_2026_公开承诺公示板.pdf');
    const { bare, title } = await readPdf(file?.bytes ?? new Uint8Array());
    expect(title).toBe('某M01 2026年公开承诺');
    expect(bare).not.toContain('某M02');
  });

  it.each<[string, string, 'own' | 'branch' | 'all', number, string]>([
    ['whose sheet is approved only', 'M03', 'own', 2026, 'warning'],
    ['who has written nothing', 'K1', 'own', 2026, 'warning'],
    ['who asks for another year', 'M01', 'own', 2025, 'warning'],
    ['who asks for everybody’s', 'M01', 'all', 2026, 'error'],
    ['who is on the committee and asks for everybody’s', 'K1', 'all', 2026, 'error'],
    ['whose branch has published nothing', 'X0', 'all', 2026, 'warning'],
  ])('somebody %s gets a sentence and no file', async (_what, person, w, y, type) => {
    const world = await published();
    const before = (await files(world)).length;
    expect((await world.click(person, { a: 'board_file', w, y })).toast?.type).toBe(type);
    expect(await files(world)).toHaveLength(before);
  });

  it('in a group nobody is answered', async () => {
    const world = await published();
    const before = (await files(world)).length;
    const { toast } = await world.click('M01', { a: 'board_file', w: 'own', y: 2026 }, {}, { chat: 'oc_branch' });
    expect(toast?.type).toBe('warning');
    expect(await files(world)).toHaveLength(before);
  });

  it('the secretary gets all boards, by the button or by /export, and the trail says so', async () => {
    const world = await published();
    expect(buttonNames(await world.card('commitments', { year: 2026 }, 'S0'))).toContain('boards_file');
    expect(buttonNames(await world.card('commitments', { year: 2026 }, 'K1'))).toContain('board_file');
    await world.click('S0', { a: 'board_file', w: 'all', y: 2026 });
    await world.type('D0', '/导出 公示板');
    await world.type('S0', '/export boards 2026');
    const all = (await files(world)).filter(({ file }) => file === 'board_all');
    expect(all.map(({ recipient, args }) => [recipient, args])).toEqual(
      ['S0', 'D0', 'S0'].map((one) => [one, branchArgs]),
    );
    const trail = (await auditOf(world.use.db.read, 'B001')).filter(({ act }) => act === 'exported');
    expect(trail.map(({ actor }) => actor)).toEqual(['S0', 'D0', 'S0']);
    const file = await compose(world, 'board_all', branchArgs, 'S0');
    const { outline } = await readPdf(file?.bytes ?? new Uint8Array());
    expect(outline).toEqual(['示例第一支部2026年公开承诺', '某M01 2026年公开承诺', '某M02 2026年公开承诺']);
  });

  it.each([
    ['M01', '/导出 公示板', t('notice.not_secretary')],
    ['S0', '/导出 公示板 2025年', t('notice.boards_none', { year: 2025 })],
    ['S0', '/export boards soon', t('notice.boards_word')],
    ['S0', '/export boards 2026 B001', t('notice.boards_word')],
    ['X0', '/导出 展板', t('notice.boards_none', { year: 2026 })],
  ])('%s writes %s and reads why not', async (person, words, sentence) => {
    const world = await published();
    const before = (await world.outbox()).length;
    await world.type(person, words);
    const rows = (await world.outbox()).slice(before);
    expect(rows.map(({ card }) => card)).toEqual(['notice']);
    expect(allText(await world.card('notice', argsSchema.parse(JSON.parse(rows[0]?.args ?? '{}')), person))).toContain(
      sentence,
    );
  });
});

describe('when it is made', () => {
  it('it is asked once more who may have it', async () => {
    const world = await published();
    // P1 looks after the district, O1 is the office, G1 belongs to the unit in another branch; M03 has an unpublished sheet.
    for (const person of ['M03', 'G1', 'X0', 'O1', 'P1'])
      expect(await compose(world, 'board_branch', branchArgs, person)).not.toBeNull();
    for (const person of ['K1', 'M01', 'X0', 'G1', 'O1'])
      expect(await compose(world, 'board_all', branchArgs, person)).toBeNull();
    expect(await compose(world, 'board_member', { year: 2026 }, 'M03')).toBeNull();
    await world.use.db.write((tx) =>
      tx.run("UPDATE person SET left_on = '2026-10-01' WHERE employee_no IN ('M01', 'S0')"),
    );
    expect(await compose(world, 'board_member', { year: 2026 }, 'M01')).toBeNull();
    expect(await compose(world, 'board_all', branchArgs, 'S0')).toBeNull();
    await world.use.db.write((tx) => tx.run("DELETE FROM person_role WHERE person = 'D0'"));
    expect(await compose(world, 'board_all', branchArgs, 'D0')).toBeNull();
  });
  it('a stranger to the unit gets no board, and a file for one person never goes to a group', async () => {
    const world = await published();
    await world.use.db.write(async (tx) => {
      await tx.run(
        "INSERT INTO person (employee_no, name, branch, status, position) VALUES ('Z9', '某Z9', 'B003', 'full', 990)",
      );
    });
    expect(await compose(world, 'board_branch', branchArgs, 'Z9')).toBeNull();
    for (const [file, args] of [
      ['board_member', { year: 2026 }],
      ['board_all', branchArgs],
    ] as const)
      await expect(compose(world, file, args, null)).rejects.toThrow(/must not go to a group/);
  });
  it('it is in the reader’s language', async () => {
    const world = await published();
    await world.type('M02', '/lang en');
    const file = await compose(world, 'board_member', { year: 2026 }, 'M02');
    expect(file?.name).toBe('示例第一支部_某M02_2026_commitment-board.pdf');
    expect((await readPdf(file?.bytes ?? new Uint8Array())).title).toBe('某M02: public commitments 2026');
  });
});

describe('the star board', () => {
  it('goes to the branch chat the day after the notice has ended, once, within message hours, without scores', async () => {
    const at = await stage();
    await toNotice(at);
    expect(await files(at)).toEqual([]);
    at.clock.now = Date.parse('2026-10-16T00:10:00+08:00');
    for (let n = 0; n < 2; n++) await runJob(at, 'notice-close');
    const sent = (await files(at)).filter(({ file }) => file === 'board_stars');
    expect(sent).toEqual([
      {
        file: 'board_stars',
        recipient: 'oc_branch',
        args: { review: at.r },
        notBefore: Date.parse('2026-10-16T09:00:00+08:00'),
      },
    ]);
    const file = await compose(at, 'board_stars', { review: at.r }, null);
    expect(file?.name).toBe('示例第一支部_2026年第3季度_星榜.pdf');
    const { bare } = await readPdf(file?.bytes ?? new Uint8Array());
    for (const part of ['某S0', '某M01', '★', '2026年10月16日']) expect(bare).toContain(part);
    expect(bare).not.toMatch(/\d+\.\d|分|排名/);
    expect(await compose(at, 'board_stars', { review: at.r }, 'X0')).not.toBeNull(); // the same unit
  });
  it('before publication there is none', async () => {
    const at = await stage();
    expect(await compose(at, 'board_stars', { review: at.r }, null)).toBeNull();
    expect(await compose(at, 'board_stars', { review: 'no such review' }, null)).toBeNull();
  });
});
