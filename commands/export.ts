import { type CommandAnswer, type CommandContext, defineCommand } from '../src/command.ts';
import { today } from '../src/domain/period.ts';
import { periodName } from '../src/period-name.ts';
import { orderBoard } from '../src/usecases/board/order.ts';
import { exportCardOf, orderExport } from '../src/usecases/export.ts';
import { periodAndPlace } from '../src/usecases/scope.ts';
import { orderBook } from '../src/usecases/year/book.ts';

const BOARDS: ReadonlySet<string> = new Set(['boards', 'board', '公示板', '展板']);
const YEARS: ReadonlySet<string> = new Set(['year', '年', '年度', '全年']);
const OWN: ReadonlySet<string> = new Set(['branch', '支部']);
const YEAR = /^(\d{4})年?$/;
const notice = (key: string, args: CommandAnswer['args'] = {}): CommandAnswer => ({
  card: 'notice',
  args: { key, ...args },
});

/** Every board of the own branch in one file. */
async function allBoards({ actor, now, use, tx }: CommandContext, words: readonly string[]): Promise<CommandAnswer> {
  const typed = words[0] === undefined ? today(now, use.config.timezone).slice(0, 4) : YEAR.exec(words[0])?.[1];
  if (typed === undefined || words.length > 1) return notice('boards_word');
  const year = Number(typed);
  const ordered = await orderBoard(tx, actor, 'all', year, now);
  if (ordered.ok) return { ...notice('boards_follow', { year }), files: [ordered.value] };
  return ordered.reason === 'not_secretary' ? notice('not_secretary') : notice('boards_none', { year });
}

/** A whole year: of the own branch to its secretary, of the district to its liaison officer, of the city to the office. */
async function yearBook({ actor, now, use, tx }: CommandContext, words: readonly string[]): Promise<CommandAnswer> {
  const ownBranch = words.some((word) => OWN.has(word));
  const typed = words.find((word) => YEAR.test(word));
  const [place, ...rest] = words.filter((word) => word !== typed && !OWN.has(word));
  const year = Number(YEAR.exec(typed ?? today(now, use.config.timezone).slice(0, 4))?.[1]);
  const wrong = rest.length > 0 || (place !== undefined && (ownBranch || /^\d+年?$/.test(place)));
  if (wrong) return notice('year_word');
  const ordered = await orderBook(tx, use, actor, { year, ownBranch, place }, now);
  if (ordered.ok) return { ...notice('year_follows', { year }), files: [ordered.value] };
  const { ok: _, reason, ...about } = ordered;
  return notice(reason, about);
}

/** Results as files, sent privately: with scores to committee and leaders, published figures to the office and liaison officers. */
export const exportCommand = defineCommand({
  name: 'export',
  zh: ['导出'],
  group: 'secretary',
  for: ['committee', 'leader', 'liaison', 'office'],
  usage: '[period] [branch] | boards [year] | year [2027] [district|branch]',
  async run(context) {
    const { actor, args, now, use, tx, t } = context;
    const [first = '', ...words] = args.map((word) => word.normalize('NFKC').toLowerCase());
    if (BOARDS.has(first)) return allBoards(context, words);
    if (YEARS.has(first)) return yearBook(context, words);
    if (YEAR.test(first) && words.length === 0) return yearBook(context, [first]);
    const { period, place = null } = periodAndPlace(args, today(now, use.config.timezone));
    const ordered = await orderExport(tx, use, actor, { period, place }, now);
    if (!ordered.ok) {
      const { ok: _, reason, ...about } = ordered;
      return {
        card: 'notice',
        args: { key: reason, ...about, ...('period' in about ? { period: periodName(t, about.period) } : {}) },
      };
    }
    return { ...exportCardOf(ordered.order), files: ordered.order.files };
  },
});
