/** The far end of the long connection: hands out its address, takes one WebSocket, sends envelopes in the SDK's frames. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface GatewayAnswer {
  code: number;
  /** The answer to a click, decoded; undefined when there was none. */
  data: unknown;
}
export interface LarkGateway {
  url: string;
  /** Bodies of the requests for an address, in order. */
  asked: string[];
  /** How many connections were made so far and said something: the SDK pings as soon as it listens. */
  connections(): number;
  /** What is said when an address is asked for; null: the address. */
  refuse(body: object | null): void;
  /** @param parts into how many frames the envelope is cut */
  push(envelope: unknown, parts?: number): Promise<GatewayAnswer>;
  /** A frame whose payload is no JSON. */
  pushJunk(): void;
  /** Breaks the connection as a cable does. */
  cut(): void;
  close(): Promise<void>;
}

const DATA_FRAME = 1;

export async function startLarkGateway(): Promise<LarkGateway> {
  const asked: string[] = [];
  const waiting = new Map<string, (answer: GatewayAnswer) => void>();
  let refusal: object | null = null;
  let socket: Duplex | null = null;
  let connections = 0;

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(body);
      const ClientConfig = { ReconnectCount: -1, ReconnectInterval: 0.02, ReconnectNonce: 0, PingInterval: 100 };
      const address = `${url.replace('http', 'ws')}/connect?device_id=1&service_id=2`;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(refusal ?? { code: 0, msg: '', data: { URL: address, ClientConfig } }));
    });
  });
  server.on('upgrade', (request: IncomingMessage, upgraded: Duplex) => {
    upgraded.on('error', () => undefined);
    upgraded.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(request)}\r\n\r\n`,
    );
    let buffered: Buffer = Buffer.alloc(0);
    upgraded.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (let read = readWsFrame(buffered); read !== null; read = readWsFrame(buffered)) {
        buffered = buffered.subarray(read.size);
        if (read.opcode === 2) answered(read.payload);
        if (socket !== upgraded) connections += 1;
        socket = upgraded;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answered(bytes: Buffer): void {
    const { headers, payload } = decodeFrame(bytes);
    const resolve = waiting.get(headers.get('message_id') ?? '');
    if (resolve === undefined) return; // a ping
    const { code, data } = JSON.parse(payload.toString()) as { code: number; data?: string };
    resolve({ code, data: data === undefined ? undefined : JSON.parse(Buffer.from(data, 'base64').toString()) });
  }
  function send(id: string, payload: Buffer, seq: number, sum: number): void {
    const headers = { type: 'event', message_id: id, sum: `${sum}`, seq: `${seq}`, trace_id: 'trace' };
    socket?.write(wsFrame(encodeFrame(headers, payload)));
  }

  return {
    url,
    asked,
    connections: () => connections,
    refuse: (body) => {
      refusal = body;
    },
    push: (envelope, parts = 1) =>
      new Promise((resolve) => {
        const id = randomUUID();
        waiting.set(id, resolve);
        const bytes = Buffer.from(JSON.stringify(envelope));
        const size = Math.ceil(bytes.length / parts);
        for (let part = 0; part < parts; part++) send(id, bytes.subarray(part * size, (part + 1) * size), part, parts);
      }),
    pushJunk: () => send(randomUUID(), Buffer.from('{"junk'), 0, 1),
    cut: () => socket?.destroy(),
    close: () =>
      new Promise((resolve) => {
        socket?.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Waits until `ready` holds; the test's own time limit is the end of it. */
export async function until(ready: () => boolean): Promise<void> {
  while (!ready()) await sleep(5);
}

export const acceptKey = (request: IncomingMessage): string =>
  createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');

/** One unfragmented frame from a server (RFC 6455 §5.2), binary unless `opcode` says otherwise. */
export function wsFrame(payload: Buffer, opcode = 2): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, payload.length])
      : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

/** The first frame of a client, unmasked; null while it is not complete. */
export function readWsFrame(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | null {
  if (bytes.length < 6) return null;
  const short = bytes[1]! & 0x7f;
  const at = short === 126 ? 4 : 2;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  const size = at + 4 + length;
  if (bytes.length < size) return null;
  const mask = bytes.subarray(at, at + 4);
  const payload = Buffer.from(bytes.subarray(at + 4, size).map((byte, index) => byte ^ mask[index % 4]!));
  return { opcode: bytes[0]! & 0x0f, payload, size };
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}
const lengthed = (field: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(bytes.length)]), bytes]);

/** `pbbp2.Frame` (platform/lark.md §5.4): 1 SeqID, 2 LogID, 3 service, 4 method, 5 headers, 8 payload. */
function encodeFrame(headers: Readonly<Record<string, string>>, payload: Buffer): Buffer {
  const pairs = Object.entries(headers).map(([key, value]) =>
    lengthed(5, Buffer.concat([lengthed(1, Buffer.from(key)), lengthed(2, Buffer.from(value))])),
  );
  return Buffer.concat([Buffer.from([8, 1, 16, 1, 24, 2, 32, DATA_FRAME]), ...pairs, lengthed(8, payload)]);
}

function fieldsOf(bytes: Buffer): { field: number; bytes: Buffer }[] {
  const fields: { field: number; bytes: Buffer }[] = [];
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = next();
    const value = next();
    if ((key & 7) !== 2) continue;
    fields.push({ field: key >> 3, bytes: bytes.subarray(at, at + value) });
    at += value;
  }
  return fields;
}

function decodeFrame(bytes: Buffer): { headers: Map<string, string>; payload: Buffer } {
  const fields = fieldsOf(bytes);
  const pairs = fields
    .filter(({ field }) => field === 5)
    .map(({ bytes: pair }): [string, string] => {
      const [key, value] = fieldsOf(pair);
      return [String(key?.bytes), String(value?.bytes)];
    });
  return { headers: new Map(pairs), payload: fields.find(({ field }) => field === 8)?.bytes ?? Buffer.alloc(0) };
}
