import { Temporal } from 'temporal-polyfill';
import { TenstarError } from '../../errors.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a moment such as `2026-10-09T15:00+08:00`. The offset is required: without it the moment would depend on where it is read.
 * @returns Unix ms.
 * @throws {TenstarError} `input_invalid`
 */
export function parseMoment(text: string): number {
  if (MOMENT.test(text)) {
    try {
      return Temporal.Instant.from(text).epochMilliseconds;
    } catch {
      // a day or an hour that does not exist: the same sentence
    }
  }
  throw new TenstarError(
    'input_invalid',
    `${JSON.stringify(text)} is not a moment; write date, time and offset, for example 2026-10-09T15:00+08:00.`,
  );
}
