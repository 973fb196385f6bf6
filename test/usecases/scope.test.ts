import { describe, expect, it } from 'vitest';
import { periodAndPlace } from '../../src/usecases/scope.ts';

const TODAY = '2026-11-26';

describe('what stands behind a command', () => {
  it.each([
    { args: [], period: null, place: undefined },
    { args: ['2026-Q3'], period: '2026-Q3', place: undefined },
    { args: ['D1'], period: null, place: 'D1' },
    { args: ['三季度', 'D1'], period: '2026-Q3', place: 'D1' },
    { args: ['D1', '三季度'], period: '2026-Q3', place: 'D1' },
    { args: ['2026年', '三季度', 'B001'], period: '2026-Q3', place: 'B001' },
    { args: ['B001', 'Q3', '2026'], period: '2026-Q3', place: 'B001' },
    { args: ['last', 'quarter'], period: '2026-Q3', place: undefined },
    { args: ['2026-Q9'], period: null, place: '2026-Q9' },
    { args: ['2026-Q3', 'D1', 'D2'], period: '2026-Q3', place: 'D1 D2' },
  ])('$args', ({ args, period, place }) => expect(periodAndPlace(args, TODAY)).toEqual({ period, place }));
});
