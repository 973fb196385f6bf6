import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { type Block, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { CommandGroup } from '../src/command.ts';
import { findPerson } from '../src/store/roster.ts';
import { has, isOffice, onCommittee } from '../src/usecases/access.ts';

const GROUPS: readonly CommandGroup[] = ['member', 'secretary', 'office'];

/** The commands a person can use, those for their own part first to come. */
export const helpCard = defineCard({
  name: 'help',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, viewer }): Promise<{ groups: readonly CommandGroup[] } | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null || person.leftOn !== null) return null;
    const actor = { ...person, leftOn: null };
    const wide = isOffice(use, actor) || has(actor, 'liaison');
    const mine = new Set<CommandGroup>(['member', ...(onCommittee(actor, actor.branch) || wide ? (['secretary'] as const) : []), ...(wide ? (['office'] as const) : [])]);
    return { groups: GROUPS.filter((group) => mine.has(group)) };
  },
  render({ groups }, { t, locale }) {
    const blocks: Block[] = [text(t('command.intro'), 'muted')];
    for (const group of groups) {
      const lines = commands
        .filter((command) => command.group === group)
        .map((command) =>
          t('command.line', {
            zh: command.zh[0] ?? command.name,
            name: command.name,
            usage: command.usage === undefined || locale !== 'en' ? '' : ` ${command.usage}`,
            what: t(`command.what.${command.name}`),
          }),
        );
      blocks.push(text(t(`command.${group}`), 'strong'), list(lines));
    }
    blocks.push({ kind: 'divider' }, text(t('command.privacy_title'), 'strong'), text(t('command.privacy'), 'muted'));
    return { title: t('command.title'), tone: 'blue', blocks };
  },
});
