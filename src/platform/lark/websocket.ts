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
  /** Settles when the connection stands for the first time, is refused for good, or is closed; the SDK keeps trying until then. */
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
/** The SDK stops trying when an established connection cannot be had again; a bot that stays deaf until somebody looks is worse. */
const START_AGAIN_MS = 60_000;
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

/**
 * @param startAgainMs how long to wait after the SDK has given up a connection that once stood
 * @throws {TenstarError} `config_invalid` for an app id the SDK would refuse silently
 */
export function openLongConnection(
  config: LarkConfig,
  log: LarkLog,
  handle: HandleEnvelope,
  startAgainMs: number = START_AGAIN_MS,
): LongConnection {
  if (!APP_ID.test(config.appId)) {
    throw new TenstarError(
      'config_invalid',
      'LARK_APP_ID must be cli_ and 16 hexadecimal digits for the long connection.',
    );
  }
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  const eventDispatcher = new EnvelopeDispatcher(handle, log);
  let stood = false;
  let again: NodeJS.Timeout | undefined;
  const socket = new WSClient({
    appId: config.appId,
    appSecret: config.appSecret,
    domain: config.baseUrl,
    httpInstance: createHttp('return'),
    logger: silentLogger(log),
    loggerLevel: LoggerLevel.error,
    handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
    wsConfig: { pingTimeout: PONG_TIMEOUT_S },
    onReady: () => {
      stood = true;
      resolve();
    },
    onReconnecting: () => log.warn('lark: the long connection broke; connecting again'),
    onError: () => {
      if (stood) {
        log.warn('lark: the long connection cannot be had again for now; trying once a minute');
        again = setTimeout(start, startAgainMs);
        return;
      }
      socket.close({ force: true });
      reject(
        new TenstarError(
          'platform_failed',
          'Feishu/Lark refuses the long connection: check LARK_APP_ID, LARK_APP_SECRET and that the app subscribes by long connection.',
        ),
      );
    },
  });
  function start(): void {
    socket.start({ eventDispatcher }).catch(() => log.warn('lark: the long connection could not be started'));
  }
  start();
  return {
    ready,
    close: () => {
      clearTimeout(again);
      socket.close({ force: true });
      resolve();
    },
  };
}
