/**
 * The body of a request as the bytes that were sent. Read from Node's own stream: going through a web stream copies every body
 * twice and costs as much as checking its signature.
 */
import type { IncomingMessage } from 'node:http';

/** Both platforms stay far below (a card is 30 KB); design.md section 3. */
export const MAX_BODY_BYTES = 256 * 1024;

export type ReadBody = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'too_large' } | { kind: 'cut_off' };

/**
 * Reads at most `max` bytes and never keeps more, whether or not the length was announced. What comes after that is left in the
 * socket; the server throws it away once the answer is out.
 */
export function readBody(incoming: IncomingMessage, max: number): Promise<ReadBody> {
  if (Number(incoming.headers['content-length']) > max) return Promise.resolve({ kind: 'too_large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (read: ReadBody) => {
      incoming.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
      resolve(read);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > max) {
        incoming.pause();
        finish({ kind: 'too_large' });
        return;
      }
      chunks.push(chunk);
    };
    const onEnd = () => {
      const [first] = chunks;
      finish({
        kind: 'bytes',
        bytes: first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, size),
      });
    };
    const onCut = () => finish({ kind: 'cut_off' });
    incoming.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
  });
}
