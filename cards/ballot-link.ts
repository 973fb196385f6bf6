import { z } from 'zod';
import { type Block, type Button, type Card, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Translate } from '../src/i18n.ts';
import { owedBy } from '../src/store/ballot-access.ts';
import { ballotLink, LINK_MINUTES } from '../src/usecases/ballot/ticket.ts';

/** The button that opens the web ballot, and what its reader must know about it. */
export const linkBlocks = (t: Translate, link: string, label: string = t('webballot.open')): readonly Block[] => [
  { kind: 'buttons', buttons: [{ name: 'ballot_web_open', label, style: 'default', link } satisfies Button] },
  text(t('webballot.link_note', { minutes: LINK_MINUTES }), 'muted'),
];

/**
 * The way to the web ballot as ordinary text, for clients that show no cards. The link is made when the message is sent, so it is
 * stored nowhere, and whoever asks leaves the same row, having voted or not (design.md 12.16).
 */
export const ballotLinkCard = defineCard({
  name: 'ballot_link',
  audience: 'person',
  args: z.object({}),
  async view(
    _args,
    { use, read, viewer, now },
  ): Promise<{ kind: 'link'; link: string } | { kind: 'none' | 'unavailable' }> {
    const link = viewer.person === null ? null : await ballotLink(use, viewer.person);
    if (link === null || viewer.person === null) return { kind: 'unavailable' };
    return (await owedBy(read, viewer.person, now)).length === 0 ? { kind: 'none' } : { kind: 'link', link };
  },
  render(view, { t }): Card {
    const blocks =
      view.kind === 'link'
        ? linkBlocks(t, view.link)
        : [text(t(view.kind === 'none' ? 'webballot.link_none' : 'webballot.unavailable'))];
    return { title: t('webballot.link_title'), tone: 'blue', plain: true, blocks };
  },
});
