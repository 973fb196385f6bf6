import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { type Block, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Command, CommandGroup, CommandPart } from '../src/command.ts';
import { type Actor, findPerson } from '../src/store/roster.ts';
import type { Use } from '../src/use.ts';
import { has, isOffice, onCommittee, runsBranch } from '../src/usecases/access.ts';
import { daysName, yearsName } from '../src/term-name.ts';

const GROUPS: readonly CommandGroup[] = ['member', 'secretary', 'office'];
const BY_GROUP: Readonly<Record<CommandGroup, readonly CommandPart[]>> = {
  member: ['everybody'],
  secretary: ['committee', 'liaison', 'office'],
  office: ['liaison', 'office'],
};

/** The commands that do something for this person, in the order of the list. */
export function commandsFor(use: Use, actor: Actor): Command[] {
  const holds: Readonly<Record<CommandPart, boolean>> = {
    everybody: true,
    party: actor.status !== 'colleague',
    runner: runsBranch(actor, actor.branch),
    committee: onCommittee(actor, actor.branch),
    leader: has(actor, 'leader') || has(actor, 'leading_group'),
    liaison: has(actor, 'liaison'),
    office: isOffice(use, actor),
  };
  return commands.filter((command) => (command.for ?? BY_GROUP[command.group]).some((part) => holds[part]));
}

/** The commands a person can use, and how their information is treated. */
export const helpCard = defineCard({
  name: 'help',
  audience: 'person',
  args: z.object({}),
  async view(_args, { use, read, viewer }): Promise<{ listed: readonly Command[] } | null> {
    const person = viewer.person === null ? null : await findPerson(read, viewer.person);
    if (person === null || person.leftOn !== null) return null;
    return { listed: commandsFor(use, { ...person, leftOn: null }) };
  },
  render({ listed }, { t, locale, terms }) {
    const blocks: Block[] = [text(t('command.intro'), 'muted')];
    for (const group of GROUPS) {
      const lines = listed
        .filter((command) => command.group === group)
        .map((command) =>
          t('command.line', {
            zh: command.zh[0] ?? command.name,
            name: command.name,
            usage: command.usage === undefined || locale !== 'en' ? '' : ` ${command.usage}`,
            what: t(`command.what.${command.name}`),
          }),
        );
      if (lines.length > 0) blocks.push(text(t(`command.${group}`), 'strong'), list(lines));
    }
    blocks.push(
      { kind: 'divider' },
      text(t('command.privacy_title'), 'strong'),
      text(
        t('command.privacy', {
          days: daysName(t, terms.raw_ballots_days),
          years: yearsName(t, terms.sheets_years),
        }),
        'muted',
      ),
    );
    return { title: t('command.title'), tone: 'blue', blocks };
  },
});
