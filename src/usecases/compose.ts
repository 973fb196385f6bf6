import type { CardContext, CardDefinition, Viewer } from '../card-def.ts';
import type { CardRef } from '../card-ref.ts';
import type { Card } from '../card.ts';
import { TenstarError } from '../errors.ts';
import { type Translate, translator } from '../i18n.ts';
import type { Reader } from '../store/db.ts';
import type { Use } from '../use.ts';
import { schemeNow } from './scheme/year-schemes.ts';

export type ComposeCard = (ref: CardRef, viewer: Viewer, read?: Reader) => Promise<Card | null>;

/** Makes cards out of references, at the moment they are sent or shown. */
export function createComposer(use: Use, definitions: readonly CardDefinition[]): ComposeCard {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  return async ({ card, args }, viewer, read = use.db.read) => {
    const definition = byName.get(card);
    if (definition === undefined) throw new TenstarError('bug', `No card is named ${card}.`);
    if (definition.audience === 'person' && viewer.person === null)
      throw new TenstarError('bug', `The card ${card} is personal and must not go to a group.`);
    const context: CardContext = { use, read, viewer, now: use.now() };
    const t = translator(viewer.locale);
    const terms = schemeNow(use, context.now).rules.retention;
    const composed = await definition.compose(args, context, { t, locale: viewer.locale, terms });
    return composed === null ? null : { ...composed, typed: composed.typed ?? insteadOfButtons(composed, use, t) };
  };
}

/** What a reader without buttons is told where the card itself says nothing: a form has no typed way, so at least where it can be filled in. */
function insteadOfButtons({ blocks }: Card, { platforms }: Pick<Use, 'platforms'>, t: Translate): string {
  if (!blocks.some(({ kind }) => kind === 'form')) return t('webballot.typed_other');
  return t(platforms.size > 1 ? 'webballot.typed_form' : 'webballot.typed_form_nowhere');
}
