/** `npm run bench`: the speed table of design.md section 10, measured in one go. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, type Figure, table } from './figures.ts';
import { ballots } from './suites/ballots.ts';
import { fanOut } from './suites/fan-out.ts';
import { fanOutDingTalk } from './suites/fan-out-dingtalk.ts';
import { roster } from './suites/import.ts';
import { latency } from './suites/latency.ts';
import type { Suite } from './suites/suite.ts';
import { tally } from './suites/tally.ts';

const SUITES: Readonly<Record<string, { run: Suite; what: string }>> = {
  ballots: { run: ballots, what: 'casts and page turns per second, against no commit and a stock bot' },
  latency: { run: latency, what: 'p99 of a cast at 200/s while the city is tallied and ranked' },
  'fan-out': { run: fanOut, what: '5,000 private cards under faults and a kill, at the permitted pace (5 minutes)' },
  'fan-out-dingtalk': {
    run: fanOutDingTalk,
    what: 'the same on DingTalk: 4,000 private cards and 130 in groups (7 minutes)',
  },
  tally: { run: tally, what: 'tally and league of the city, and how they grow to 100,000 members' },
  import: { run: roster, what: 'import of 5,000 people' },
};
const names = Object.keys(SUITES);
const HELP = `Usage: npm run bench -- [--only <suite>]… [--quick] [--out <file>]

${names.map((name) => `  ${name.padEnd(16)} ${SUITES[name]?.what ?? ''}`).join('\n')}

  --only <suite>  run this one only; may be given several times
  --quick         tiny sizes: shows that everything runs, the figures say nothing
  --out <file>    where the figures go as JSON (data/bench.json)
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: names },
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: 'data/bench.json' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const unknown = values.only.find((name) => SUITES[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`There is no suite "${unknown}". The suites are: ${names.join(', ')}.\n`);
  process.exit(1);
}

const at = new Date().toISOString();
const figures: Figure[] = [];
for (const [name, { run }] of Object.entries(SUITES)) {
  if (!values.only.includes(name)) continue;
  const say = (line: string) => process.stderr.write(`${name}: ${line}\n`);
  figures.push(...(await run({ quick: values.quick, say })));
}
const bench: Bench = { at, node: process.version, cpus: cpus().length, quick: values.quick, figures };
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, `${JSON.stringify(bench, null, 2)}\n`);
process.stdout.write(`\n${table(figures)}`);
if (figures.some(({ met }) => met === false)) process.stdout.write('Some targets were not met.\n');
process.exit(0);
