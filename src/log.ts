import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Paths that are blanked wherever they stand in a log record. Bodies, forms and drafts are never passed to the log at all. */
const REDACT = [
  'secret',
  'token',
  'appSecret',
  'encryptKey',
  'verificationToken',
  'authorization',
  'form',
  'draft',
  'marks',
  'body',
  'content',
  'mobile',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** Structured log on standard error (standard output belongs to the data of CLI commands). Errors are logged by code, name and stack only. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACT, censor: '…' },
      serializers: {
        // A driver's message can quote the values of a statement; the stack's first line repeats the message.
        err: (error: unknown) =>
          error instanceof Error
            ? {
                name: error.name,
                code: (error as { code?: unknown }).code,
                message: error.name === 'TenstarError' ? error.message : undefined,
                stack: error.stack
                  ?.split('\n')
                  .filter((line) => line.trimStart().startsWith('at '))
                  .join('\n'),
              }
            : { name: typeof error },
      },
    },
    destination,
  );
}
