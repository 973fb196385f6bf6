/**
 * The long connection, for places without a public address (LARK_TRANSPORT=websocket). Frames carry the same envelopes as
 * webhooks; the channel itself is authenticated, so nothing is signed (platform/lark.md §5.4).
 */
import { EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import { TenstarError } from '../../errors.ts';
import type { LarkConfig } from './config.ts';
import { createHttp } from './http.ts';
import { type LarkLog, silentLogger } from './sdk-log.ts';

export interface LongConnection {
  /** Settles when the connection stands for the first time or is closed; the SDK keeps trying until then. */
  ready: Promise<void>;
  close(): void;
}
/** Returns what goes back as the answer to a click, null for everything else. */
export type HandleEnvelope = (envelope: unknown) => Promise<Record<string, unknown> | null>;

/**
 * A connection that is half open says nothing; after a ping there must be a sign of life within this time. Must stay below the
 * interval of the pings (two minutes): each ping starts the watch anew, so a longer one would never end.
 */
const PONG_TIMEOUT_S = 30;
const HANDSHAKE_TIMEOUT_MS = 15_000;
/** The SDK refuses other ids without a word (§5.4). */
const APP_ID = /^cli_[0-9a-fA-F]{16}$/;

/** Hands whole envelopes on: the SDK's own dispatching flattens them and loses fields of the same name (§5.3). */
class EnvelopeDispatcher extends EventDispatcher {
  readonly #handle: HandleEnvelope;
  readonly #log: LarkLog;
  constructor(handle: HandleEnvelope, log: LarkLog) {
    super({ logger: silentLogger(log), loggerLevel: LoggerLevel.error });
    this.#handle = handle;
    this.#log = log;
  }
  override async invoke(envelope: unknown): Promise<unknown> {
    try {
      return (await this.#handle(envelope)) ?? undefined;
    } catch {
      this.#log.warn('lark: an event could not be handled; the platform sends it again');
      throw new Error('not handled'); // makes the SDK answer 500
    }
  }
}

/** @throws {TenstarError} `config_invalid` for an app id the SDK would refuse silently */
export function openLongConnection(config: LarkConfig, log: LarkLog, handle: HandleEnvelope): LongConnection {
  if (!APP_ID.test(config.appId)) {
    throw new TenstarError(
      'config_invalid',
      'LARK_APP_ID must be cli_ and 16 hexadecimal digits for the long connection.',
    );
  }
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WSClient({
    appId: config.appId,
    appSecret: config.appSecret,
    domain: config.baseUrl,
    httpInstance: createHttp('return'),
    logger: silentLogger(log),
    loggerLevel: LoggerLevel.error,
    handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
    wsConfig: { pingTimeout: PONG_TIMEOUT_S },
    onReady: resolve,
    onError: () => {
      log.warn('lark: the long connection is given up');
      reject(
        new TenstarError(
          'platform_failed',
          'Feishu/Lark refuses the long connection: check LARK_APP_ID, LARK_APP_SECRET and that the app subscribes by long connection.',
        ),
      );
    },
  });
  socket.start({ eventDispatcher: new EnvelopeDispatcher(handle, log) }).catch(() => {
    log.warn('lark: the long connection could not be started');
  });
  return {
    ready,
    close: () => {
      socket.close({ force: true });
      resolve();
    },
  };
}
