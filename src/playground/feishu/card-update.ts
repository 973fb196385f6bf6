/** The delayed update of a clicked card (platform/lark.md §2.4). An old interface: HTTP 200 whatever the code. */
import { Hono } from 'hono';
import { z } from 'zod';
import { CARD_MESSAGE_MAX_BYTES, UPDATE_TOKEN_MAX_AGE_MS, UPDATE_TOKEN_MAX_USES } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import type { Message } from '../world.ts';
import { type Env, fail, isRefusal, ok, readBody, type Refusal, refuse } from './answer.ts';
import { cardContent } from './content.ts';

/** Tokens kept at most, whatever their age: a load test clicks faster than they expire. */
const KEPT_TOKENS = 20_000;

const body = z.looseObject({ token: z.string(), card: z.record(z.string(), z.unknown()) });

export interface UpdateTokens {
  /** A new token for one click on a message. */
  issue(message: Message): string;
  routes: Hono<Env>;
}

export function createUpdateTokens({ clock, world }: Context): UpdateTokens {
  const issued = new Map<string, { message: Message; at: number; uses: number }>();

  function update(token: string, card: Readonly<Record<string, unknown>>, bytes: number): Refusal | null {
    const known = issued.get(token);
    if (!known) return refuse(300020, 'the token is invalid');
    const { message } = known;
    if (clock.now() - known.at > UPDATE_TOKEN_MAX_AGE_MS) return refuse(300030, 'the token has expired');
    if (known.uses >= UPDATE_TOKEN_MAX_USES) return refuse(300040, 'the token is used up');
    if (message.recalled) return refuse(200000, 'the message was recalled');
    if (bytes > CARD_MESSAGE_MAX_BYTES) return refuse(100000, 'the card is too large');
    if ('open_ids' in card) return refuse(200320, 'open_ids are only for exclusive cards');
    const checked = cardContent(card);
    if (isRefusal(checked)) return refuse(11311, checked.msg);
    known.uses += 1;
    if (message.openClicks > 0) return null; // before the click is answered: the answer undoes it, so nothing changes
    message.card = card;
    message.updated = clock.now();
    world.touch(message);
    return null;
  }

  return {
    issue(message) {
      const token = world.newId('c');
      for (const [old, { at }] of issued) {
        if (issued.size < KEPT_TOKENS && clock.now() - at <= UPDATE_TOKEN_MAX_AGE_MS) break; // in order of age
        issued.delete(old);
      }
      issued.set(token, { message, at: clock.now(), uses: 0 });
      return token;
    },
    routes: new Hono<Env>().post('/open-apis/interactive/v1/card/update', async (c) => {
      const read = await readBody(c, body);
      if (isRefusal(read)) return fail(c, refuse(100030, read.msg, { status: 200 }));
      const refused = update(read.body.token, read.body.card, read.bytes);
      return refused ? fail(c, { ...refused, status: 200 }) : ok(c, {});
    }),
  };
}
