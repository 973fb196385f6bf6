/** Clicks as the platform delivers them, encrypted and signed beforehand so that the load generator only sends. */
import type { KeyStore } from '../../src/ballot/keys.ts';
import { defaultCatalogue } from '../../src/domain/catalogue.ts';
import { clickEvent, envelope, push } from '../support/lark-push.ts';
import { APP, sealedDraft, type Stage, type Voter } from './stage.ts';

export interface SignedClick {
  body: Buffer;
  headers: Record<string, string>;
}

const FORM = Object.fromEntries(defaultCatalogue.member.map(({ key }, i) => [key, String(6 + (i % 5))]));

/** A filled ballot, cast; or the first page of an empty one, turned. Good for five minutes. */
export function signedClick(
  keys: KeyStore,
  stage: Stage,
  voter: Voter,
  button: 'ballot_cast' | 'ballot_next',
): SignedClick {
  const cast = button === 'ballot_cast';
  const value = { a: button, r: voter.review, d: sealedDraft(keys, stage, voter, cast) };
  const event = clickEvent(
    { name: button, value, ...(cast ? {} : { form_value: FORM }) },
    {
      operator: { tenant_key: 'tk_demo', open_id: voter.openId, union_id: `on_${voter.person}` },
      context: { open_message_id: `om_${voter.person}`, open_chat_id: `oc_${voter.person}` },
    },
  );
  const over = {
    token: APP.verificationToken,
    appId: APP.appId,
    eventId: `ev_${button}_${voter.review}_${voter.person}`,
  };
  const { headers, rawBody } = push(envelope('card.action.trigger', event, over), {
    encryptKey: APP.encryptKey,
    timestamp: String(Math.floor(Date.now() / 1000)),
  });
  return { body: Buffer.from(rawBody), headers: Object.fromEntries(headers) };
}
