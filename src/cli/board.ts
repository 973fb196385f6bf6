/** `tenstar board`: printed boards as a PDF (R59, R102): names, commitments and published stars, never a score. */
import { Command, Option } from '@commander-js/extra-typings';
import { periodKind } from '../domain/period.ts';
import { TenstarError } from '../errors.ts';
import { makeBoard } from '../exports/board/make.ts';
import { LOCALES, type Locale } from '../i18n.ts';
import { appendAudit } from '../store/audit.ts';
import { reviewOf } from '../store/reviews.ts';
import { findPerson } from '../store/roster.ts';
import type { Use } from '../use.ts';
import { commitmentsToPrint, type PrintableBoard, starsToPrint } from '../usecases/board/load.ts';
import { putData } from './data-output.ts';
import { type UseDeps, withUse } from './output.ts';
import { periodOption } from './period.ts';
import { knownBranch } from './results.ts';

interface BoardOptions {
  branch: string;
  year: number | null;
  period: string | null;
  person: string | null;
  all: boolean;
}

export function boardCommand(deps: UseDeps) {
  return new Command('board')
    .description(
      'write a board to be printed as a PDF: published commitments of a year, or published stars of a quarter',
    )
    .requiredOption('--branch <code>', 'whose board')
    .option('--year <year>', 'commitments of this year, for example 2027')
    .option('--period <period>', 'stars of this quarter, for example 2027-Q1')
    .option('--person <number>', 'with --year: the board of this member only, by employee number')
    .option('--all', 'with --year: the branch’s board and then each member’s')
    .addOption(new Option('--lang <language>', 'language of the board; else DEFAULT_LOCALE').choices(LOCALES))
    .requiredOption('--out <file>', 'the PDF to write')
    .action(async ({ branch, year, period, person, all, lang, out }) => {
      const wish = checked({ branch, year, period, person, all });
      await withUse(deps, async (use) => {
        const board = await printable(use, wish, lang ?? use.config.defaultLocale);
        const { bytes, pages, missing } = await makeBoard(board.file);
        if (wish.all) await noteExport(use, wish);
        await putData(deps, bytes, out);
        deps.stderr.write(`${pages} ${pages === 1 ? 'page' : 'pages'}\n`);
        if (missing.length > 0)
          deps.stderr.write(
            `No font has ${missing.join(' ')}: the board shows 〓 there. Add a font file that has them to "fonts" in BOARD_TEMPLATE_FILE.\n`,
          );
      });
    });
}

interface Typed {
  branch: string;
  year?: string | undefined;
  period?: string | undefined;
  person?: string | undefined;
  all?: true | undefined;
}
/** @throws {TenstarError} `input_invalid` when the options do not go together */
function checked({ branch, year, period, person, all }: Typed): BoardOptions {
  const refuse = (sentence: string): never => {
    throw new TenstarError('input_invalid', sentence);
  };
  if ((year === undefined) === (period === undefined))
    refuse('Add either --year 2027 for commitments or --period 2027-Q1 for stars.');
  if (year !== undefined && !/^\d{4}$/.test(year)) refuse(`${JSON.stringify(year)} is no year; write it as 2027.`);
  if (period !== undefined && periodKind(periodOption(period)) !== 'quarter')
    refuse(`Stars are those of a quarter; write it as 2027-Q1, not ${period}.`);
  if (period !== undefined && (person !== undefined || all === true))
    refuse('--person and --all go with --year: the stars of a branch are one board.');
  if (person !== undefined && all === true) refuse('Add --person or --all, not both.');
  return {
    branch,
    year: year === undefined ? null : Number(year),
    period: period ?? null,
    person: person ?? null,
    all: all === true,
  };
}

/** @throws {TenstarError} `not_found`, saying what is missing or not published yet */
async function printable(
  use: Use,
  { branch, year, period, person, all }: BoardOptions,
  locale: Locale,
): Promise<PrintableBoard> {
  await knownBranch(use, branch);
  const missing = (sentence: string): never => {
    throw new TenstarError('not_found', sentence);
  };
  if (period !== null) {
    const review = await reviewOf(use.db.read, branch, period);
    if (review === null) return missing(`${branch} has no review of ${period}.`);
    return (
      (await starsToPrint(use, review.id, locale)) ??
      missing(`The stars of ${branch} for ${period} are not published yet.`)
    );
  }
  const of = year ?? 0;
  if (person === null) {
    const board = await commitmentsToPrint(use, { kind: all ? 'all' : 'branch', branch }, of, locale);
    return board ?? missing(`${branch} has no published commitments of ${of}.`);
  }
  if ((await findPerson(use.db.read, person))?.branch !== branch)
    return missing(`Nobody in ${branch} has the employee number ${JSON.stringify(person)}.`);
  return (
    (await commitmentsToPrint(use, { kind: 'member', person }, of, locale)) ??
    missing(`${person} has no published commitments of ${of}.`)
  );
}

/** F15: the sheets of a whole branch leave. */
const noteExport = (use: Use, { branch, year }: BoardOptions): Promise<unknown> =>
  use.db.write((tx) =>
    appendAudit(tx, {
      at: use.now(),
      actor: 'system',
      act: 'exported',
      object: branch,
      detail: { boards: year ?? 0, branches: 1, scores: false },
    }),
  );
