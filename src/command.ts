/** The vocabulary of chat commands: one file per command in `commands/`, help and suggestions come from the list. */
import type { CardRef, FileRef } from './card-ref.ts';
import type { Translate } from './i18n.ts';
import type { Actor } from './store/roster.ts';
import type { Writer } from './store/db.ts';
import type { zh } from './texts/zh/index.ts';
import type { Use } from './use.ts';

export interface CommandContext {
  actor: Actor;
  /** What was typed after the name, trimmed, inner white space single. */
  args: readonly string[];
  /** The chat it was typed in. */
  chat: { id: string; type: 'private' | 'group' };
  platform: 'lark' | 'dingtalk';
  /** Unix ms. */
  now: number;
  use: Use;
  /** The transaction that also remembers the message: everything a command writes commits with it. */
  tx: Writer;
  /** Work that must wait for the commit: destroying a key, for instance. */
  afterCommit: (work: () => Promise<void>) => void;
  t: Translate;
}

/** The part of `/help` a command stands in. */
export type CommandGroup = 'member' | 'secretary' | 'office';

/** What somebody is to a command. `runner` is the secretary or deputy, `party` a full or probationary member, `leader` also the leading group. */
export type CommandPart = 'everybody' | 'party' | 'runner' | 'committee' | 'leader' | 'liaison' | 'office';

/** A card that answers, and files that follow it to the private chat, wherever the command was typed. */
export interface CommandAnswer extends CardRef {
  files?: readonly FileRef[];
  /** Typed in a group, it is answered there; everything else goes to the private chat (F20). */
  here?: boolean;
}

export interface Command {
  /** Latin name, lower case, without the slash; its line of help has the same key. */
  name: keyof typeof zh.command.what;
  /** Chinese names. */
  zh: readonly string[];
  group: CommandGroup;
  /** Who finds it in `/help`; by its group when absent. Permission itself is decided by the use case, for every call. */
  for?: readonly CommandPart[];
  /** Arguments as shown in help, for example `[period]`. */
  usage?: string;
  run(context: CommandContext): Promise<CommandAnswer>;
}
export const defineCommand = (command: Command): Command => command;
