import { describe, expect, it } from 'vitest';
import {
  type Body,
  bodyAsked,
  type CaseState,
  filingRefusal,
  isWaiting,
  type Level,
  waitingFor,
} from '../../src/domain/objection.ts';

describe('bodyAsked', () => {
  const all = { committee: ['S', 'K', 'L'], leading_group: ['L', 'G'], office: ['O', 'P', 'O'] };
  const cases: [
    name: string,
    level: Level,
    excluded: string[],
    past: Body | null,
    asked: [Body, string[]] | null,
    bodies?: typeof all,
  ][] = [
    ['the committee without those who ran the tally', 1, ['S'], null, ['committee', ['K', 'L']]],
    ['the leading group where nobody of the committee is left', 1, ['S', 'K', 'L'], null, ['leading_group', ['G']]],
    ['the office where the group is empty too', 1, ['S', 'K', 'L', 'G'], null, ['office', ['O', 'P']]],
    ['nobody', 1, ['S', 'K', 'L', 'G', 'O', 'P'], null, null],
    ['an appeal: the leading group, without who decided before', 2, ['L'], 'committee', ['leading_group', ['G']]],
    ['an appeal against the leading group: the office', 2, ['L'], 'leading_group', ['office', ['O', 'P']]],
    ['an appeal against the office never goes back to it', 2, ['O', 'L', 'G'], 'office', null],
    ['an appeal never goes down to the committee', 2, ['L', 'G', 'O', 'P'], 'leading_group', null],
  ];
  it.each(cases)('%s', (_, level, excluded, past, asked) =>
    expect(bodyAsked(all, level, new Set(excluded), past)).toEqual(
      asked === null ? null : { body: asked[0], people: asked[1] },
    ),
  );
});

describe('what keeps a result from becoming final', () => {
  const one = (over: Partial<CaseState>): CaseState => ({
    person: 'M1',
    level: 1,
    state: 'rejected',
    decidedOn: '2026-10-10',
    settled: false,
    ...over,
  });
  const open = { state: 'open', decidedOn: null } as const;
  it.each<[string, CaseState[], string, ReturnType<typeof waitingFor>]>([
    ['nothing', [], '2026-10-10', { open: 0, unsettled: 0, appealUntil: null }],
    ['an open objection', [one(open)], '2026-12-01', { open: 1, unsettled: 0, appealUntil: null }],
    ['an appeal that may still come', [one({})], '2026-10-20', { open: 0, unsettled: 0, appealUntil: '2026-10-20' }],
    ['its last day is over', [one({})], '2026-10-21', { open: 0, unsettled: 0, appealUntil: null }],
    [
      'an appeal is under way; its own case counts',
      [one({}), one({ level: 2, ...open })],
      '2026-10-11',
      { open: 1, unsettled: 0, appealUntil: null },
    ],
    [
      'a rejected appeal is the end',
      [one({}), one({ level: 2 })],
      '2026-10-11',
      { open: 0, unsettled: 0, appealUntil: null },
    ],
    ['upheld, not corrected', [one({ state: 'upheld' })], '2026-12-01', { open: 0, unsettled: 1, appealUntil: null }],
    [
      'upheld and corrected',
      [one({ state: 'upheld', settled: true })],
      '2026-10-10',
      { open: 0, unsettled: 0, appealUntil: null },
    ],
    [
      'the last of several terms counts, and one person’s appeal ends no other’s term',
      [one({}), one({ person: 'M2', decidedOn: '2026-10-12' }), one({ person: 'M3' }), one({ person: 'M3', level: 2 })],
      '2026-10-13',
      { open: 0, unsettled: 0, appealUntil: '2026-10-22' },
    ],
  ])('%s', (_, cases, date, want) => {
    const waiting = waitingFor(cases, date, 10);
    expect(waiting).toEqual(want);
    expect(isWaiting(waiting)).toBe(want.open > 0 || want.unsettled > 0 || want.appealUntil !== null);
  });
});

describe('filingRefusal', () => {
  const notice = { state: 'notice', noticeUntil: '2026-10-15' } as const;
  const rejected = { state: 'rejected', decidedOn: '2026-10-10' } as const;
  const open = { state: 'open', decidedOn: null } as const;
  it.each([
    ['in the notice', [], notice, '2026-10-15', null],
    ['the notice is over, the result not final', [], notice, '2026-10-16', 'objection_none'],
    ['a final result', [], { state: 'final', noticeUntil: '2026-10-15' } as const, '2026-10-12', 'objection_none'],
    ['not published yet', [], { state: 'tallied', noticeUntil: null } as const, '2026-10-12', 'objection_none'],
    ['one is open', [open], notice, '2026-10-12', 'already_open'],
    ['rejected: an appeal', [rejected], notice, '2026-10-20', null],
    ['rejected ten days ago', [rejected], notice, '2026-10-21', 'appeal_over'],
    ['an appeal is open', [rejected, open], notice, '2026-10-12', 'already_open'],
    ['an appeal was rejected', [rejected, rejected], notice, '2026-10-12', 'no_further_appeal'],
    ['upheld', [{ ...rejected, state: 'upheld' } as const], notice, '2026-10-12', 'no_further_appeal'],
  ])('%s', (_, cases, review, date, want) => expect(filingRefusal(cases, review, date, 10)).toBe(want));
});
