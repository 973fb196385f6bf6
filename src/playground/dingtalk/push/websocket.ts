/** The server's end of a WebSocket (RFC 6455), as much of it as text frames need. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Socket {
  send(text: string): void;
  /** Says goodbye and ends the connection. */
  close(): void;
  /** Breaks the connection as a cable does. */
  cut(): void;
  onText(listener: (text: string) => void): void;
  onEnd(listener: () => void): void;
}

const OPCODE = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;
const ACCEPT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8]);

export function acceptSocket(request: IncomingMessage, stream: Duplex): Socket {
  const key = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${ACCEPT}`)
    .digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  );
  let onText: (text: string) => void = () => undefined;
  let onEnd: () => void = () => undefined;
  let buffered: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  const write = (opcode: number, payload: Buffer) => {
    if (stream.writable) stream.write(frame(opcode, payload));
  };

  stream.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (let read = readFrame(buffered); read !== null; read = readFrame(buffered)) {
      if (read === 'too large') return stream.destroy();
      buffered = buffered.subarray(read.size);
      if (read.opcode === OPCODE.close) {
        write(OPCODE.close, read.payload);
        return stream.end();
      }
      if (read.opcode === OPCODE.ping) write(OPCODE.pong, read.payload);
      if (read.opcode !== OPCODE.text && read.opcode !== OPCODE.continuation) continue;
      parts.push(read.payload);
      if (!read.final) continue;
      const text = Buffer.concat(parts).toString();
      parts = [];
      onText(text);
    }
  });
  stream.on('error', () => stream.destroy());
  stream.on('end', () => stream.end()); // a server's sockets stay half open by themselves
  stream.on('close', () => onEnd());

  return {
    send: (text) => write(OPCODE.text, Buffer.from(text)),
    close() {
      write(OPCODE.close, NORMAL_CLOSURE);
      stream.end();
    },
    cut: () => stream.destroy(),
    onText(listener) {
      onText = listener;
    },
    onEnd(listener) {
      onEnd = listener;
    },
  };
}

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = length;
  else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

/** The first whole frame; null while it is not all there. Frames of a client are masked. */
function readFrame(
  bytes: Buffer,
): { opcode: number; final: boolean; payload: Buffer; size: number } | 'too large' | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (second & 0x80) !== 0;
  const start = 2 + extra + (masked ? 4 : 0);
  if (bytes.length < start) return null;
  const length = extra === 2 ? bytes.readUInt16BE(2) : extra === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > MAX_FRAME_BYTES) return 'too large';
  if (bytes.length < start + length) return null;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  if (masked) {
    const mask = bytes.subarray(2 + extra, start);
    for (let i = 0; i < length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  }
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload, size: start + length };
}
