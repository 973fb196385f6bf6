import { percent } from '../../src/usecases/year/figures.ts';

/** `71% (5/7)`; a dash where nothing was due. */
export function share(part: number, of: number): string {
  const value = percent(part, of);
  return value === null ? '—' : `${value}% (${part}/${of})`;
}
