/**
 * How ballots look: a matrix on a large screen, cards below each other on a small one, everything at least 44 px high. No script, no
 * picture, no font of its own. Hashed into the content security policy, so it stands in the page exactly like this.
 */
export const BALLOT_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2129; --soft: #4e5969; --line: #d5d9de; --edge: #737a84; --act: #1552d6; --on-act: #fff; --bad: #b3261e; --bad-paper: #fdf0ef; --warn-paper: #fff6e0; --good-paper: #e9f7ee; --head: #f4f6f9; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e8eaed; --soft: #b7bec8; --line: #3a424c; --edge: #8d96a2; --act: #8ab4ff; --on-act: #0b1730; --bad: #ff9a92; --bad-paper: #35191a; --warn-paper: #33290f; --good-paper: #14301f; --head: #20242a; } }
* { box-sizing: border-box; }
html { scroll-padding: 6rem 0 1rem; }
body { margin: 0 auto; padding: 1rem; max-width: 42rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif; }
body.matrix { max-width: 100rem; }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; line-height: 1.4; overflow-wrap: anywhere; }
p { margin: .5rem 0; max-width: 60rem; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-size: .9375rem; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.box { margin: 1rem 0; padding: .75rem 1rem; border-inline-start: .25rem solid var(--edge); background: var(--head); }
.box > h2 { margin-top: 0; }
.box.bad { border-color: var(--bad); background: var(--bad-paper); }
.box.warn { background: var(--warn-paper); }
.box.good { background: var(--good-paper); }
.box ul { margin: 0; padding: 0; list-style: none; }
.box a { display: block; min-height: 2.75rem; padding: .5rem 0; color: var(--bad); overflow-wrap: anywhere; }
button, select, summary { min-height: 2.75rem; font: inherit; }
button { padding: .5rem 1.25rem; border: 1px solid var(--edge); border-radius: .375rem; background: var(--paper); color: var(--ink); cursor: pointer; }
button.main { border-color: var(--act); background: var(--act); color: var(--on-act); font-weight: 600; }
button.small { padding: .25rem .75rem; font-size: .9375rem; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; }
select { width: 100%; padding: .25rem .5rem; border: 1px solid var(--edge); border-radius: .375rem; background: var(--paper); color: var(--ink); }
[aria-invalid] { border: 2px solid var(--bad); }
.error { display: block; color: var(--bad); font-size: .875rem; font-weight: 600; }
details { margin: .5rem 0; }
summary { padding: .6rem 0; color: var(--act); cursor: pointer; }
dt { margin-top: .5rem; font-weight: 600; }
dd { margin: 0; }
dd ul, details > ul { margin: 0; padding-inline-start: 1.25rem; }
.who { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .25rem .5rem; }
.who > span { min-width: 0; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 1rem 0 .5rem; font-size: 1.1rem; font-weight: 600; text-align: start; }
th { font-weight: 600; text-align: start; overflow-wrap: anywhere; }
.sure { display: flex; align-items: center; gap: .75rem; min-height: 2.75rem; margin: 1rem 0; padding: .5rem 0; }
.sure input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--act); }
.receipt { font-size: 1.75rem; font-weight: 700; letter-spacing: .05em; }
.star { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.star > label { display: block; font-weight: 600; }
.star details { margin: 0; }
.marks td, .marks tbody th { vertical-align: middle; }
.marks td { text-align: center; font-variant-numeric: tabular-nums; }
.wide { display: none; }
@media (max-width: 63.99rem) {
  .cells thead, .marks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cells, .marks, .cells tbody, .marks tbody, .cells tr, .marks tr, .cells td, .cells th, .marks th, caption { display: block; }
  .cells tr { padding: .75rem 0; border-bottom: 2px solid var(--edge); }
  .cells tbody th { font-size: 1.1rem; }
  .cells td { padding: .25rem 0; }
  .marks tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .marks td { display: inline-block; width: 10%; }
}
@media (min-width: 64rem) {
  .wide { display: inline-block; }
  .narrow { display: none; }
  .cells, .marks { table-layout: fixed; border-collapse: separate; border-spacing: 0; }
  .cells thead th, .marks thead th { position: sticky; top: 0; z-index: 1; padding: .5rem .25rem; border-bottom: 2px solid var(--edge); background: var(--head); font-size: .8125rem; line-height: 1.3; vertical-align: bottom; }
  .cells thead th:first-child, .marks thead th:first-child { width: 13rem; padding-inline-start: .5rem; }
  .cells tbody th, .marks tbody th { padding: .5rem; border-bottom: 1px solid var(--line); }
  .cells td, .marks td { padding: .5rem .25rem; border-bottom: 1px solid var(--line); }
  .cells td, .cells tbody th { vertical-align: top; }
  .cells td > label { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .cells td { position: relative; }
  tbody tr:hover > * { background: var(--head); }
}
@media print { form, details { display: none; } }
`;
