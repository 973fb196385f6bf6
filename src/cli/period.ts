import { parsePeriod, reviewPeriod } from '../domain/period.ts';
import { TenstarError } from '../errors.ts';

/** A period as it is written in data. @throws {TenstarError} `input_invalid` with examples */
export function periodOption(text: string): string {
  if (parsePeriod(text) !== null) return text;
  throw new TenstarError(
    'input_invalid',
    `${JSON.stringify(text)} is no period; write a quarter as 2026-Q3, a month as 2026-10, a week as 2026-W41 or a year as 2026.`,
  );
}

/** The quarter of a review; a year stands for its annual review, Q4 (A22). @throws {TenstarError} `input_invalid` with an example */
export function reviewPeriodOption(text: string): string {
  const period = reviewPeriod(periodOption(text));
  if (period !== null) return period;
  throw new TenstarError(
    'input_invalid',
    `Reviews are held by quarter; write one as 2026-Q3, or a year as 2026 for its annual review, not ${JSON.stringify(text)}.`,
  );
}
