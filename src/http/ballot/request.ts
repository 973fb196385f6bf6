/** Reads what a form of a ballot sent. Whatever is not ours is nothing; what a button asks for is one of a closed list. */
import { WEB_MODES, type WebMode, type WebRequest, type WebStep } from '../../usecases/ballot/web-page.ts';

const MAX_FIELD_CHARS = 2_000;

/** @returns null when the body is no form. */
export function readForm(contentType: string | undefined, bytes: Uint8Array): WebRequest | null {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) return null;
  const fields = new URLSearchParams(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  const text = (name: string): string => {
    const value = fields.get(name) ?? '';
    return value.length > MAX_FIELD_CHARS ? '' : value;
  };
  return {
    ticket: text('t'),
    review: text('r'),
    mode: modeOf(text('v')) ?? 'table',
    step: stepOf(text('do')),
    draft: text('d'),
    sure: text('sure') === '1',
    field: (name) => fields.get(name),
  };
}

const modeOf = (text: string | undefined): WebMode | null => WEB_MODES.find((mode) => mode === text) ?? null;

/** `check` stands for anything unknown: it brings back the form as it is. */
function stepOf(text: string): WebStep {
  const [kind = '', of] = text.split('.');
  const mode = modeOf(of);
  const line = /^\d{1,3}$/.test(of ?? '') ? Number(of) : null;
  switch (kind) {
    case 'open':
    case 'switch':
      return mode === null ? { kind: 'check' } : { kind, mode };
    case 'edit':
    case 'unknown':
      return line === null ? { kind: 'check' } : { kind, line };
    case 'next':
    case 'back':
    case 'cast':
      return { kind };
    default:
      return { kind: 'check' };
  }
}
