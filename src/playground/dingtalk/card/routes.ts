/** Card calls (platform/dingtalk.md §2.2). */
import { Hono } from 'hono';
import type { Env } from '../../feishu/answer.ts';
import { fail, isRefused, ok, readBody } from '../answer.ts';
import type { Cards } from './cards.ts';
import type { Delivery } from './delivery.ts';
import { createAndDeliverBody, createBody, deliverBody, modelsOf, updateBody } from './request.ts';

export function cardRoutes(cards: Cards, delivery: Delivery): Hono<Env> {
  return new Hono<Env>()
    .post('/v1.0/card/instances', async (c) => {
      const read = await readBody(c, createBody);
      const created = isRefused(read) ? read : cards.create(read.body);
      return isRefused(created) ? fail(c, created) : ok(c, { success: true, result: created.card.outTrackId });
    })
    .post('/v1.0/card/instances/deliver', async (c) => {
      const read = await readBody(c, deliverBody);
      if (isRefused(read)) return fail(c, read);
      const card = cards.find(read.body.outTrackId);
      if (isRefused(card)) return fail(c, card);
      const spaces = delivery.spacesOf(read.body, card.models);
      if (isRefused(spaces)) return fail(c, spaces);
      return ok(c, { success: true, result: delivery.deliver(card, spaces, read.body.userIdType) });
    })
    .post('/v1.0/card/instances/createAndDeliver', async (c) => {
      const read = await readBody(c, createAndDeliverBody);
      if (isRefused(read)) return fail(c, read);
      const spaces = delivery.spacesOf(read.body, modelsOf(read.body));
      if (isRefused(spaces)) return fail(c, spaces);
      const created = cards.create(read.body);
      if (isRefused(created)) return fail(c, created);
      const { card, made } = created;
      // A card that was there already goes nowhere by this call: what it says is only where the card is.
      const deliverResults = made
        ? delivery.deliver(card, spaces, read.body.userIdType)
        : delivery.delivered(card, spaces);
      return ok(c, { success: true, result: { outTrackId: card.outTrackId, deliverResults } });
    })
    .put('/v1.0/card/instances', async (c) => {
      const read = await readBody(c, updateBody);
      const card = isRefused(read) ? read : cards.update(read.body);
      return isRefused(card) ? fail(c, card) : ok(c, { success: true, result: true });
    });
}
