/** `tenstar bind-chat`: says what a group chat belongs to, for an operator. */
import { Command, Option } from '@commander-js/extra-typings';
import { TenstarError } from '../errors.ts';
import { appendAudit } from '../store/audit.ts';
import { bindChat, type ChatScope } from '../store/chat.ts';
import { findTarget } from '../usecases/bind-chat.ts';
import { PLATFORM_NAMES } from '../platform/platform.ts';
import { type UseDeps, withUse, writeJson } from './output.ts';

interface Scopes {
  city?: true | undefined;
  district?: string | undefined;
  group?: string | undefined;
  branch?: string | undefined;
}

/** @throws {TenstarError} `input_invalid` unless exactly one scope is named */
function chosen(scopes: Scopes): { scope: ChatScope; code: string } {
  const named = (['city', 'district', 'group', 'branch'] as const).filter((scope) => scopes[scope] !== undefined);
  const [scope] = named;
  if (scope === undefined || named.length > 1)
    throw new TenstarError('input_invalid', 'Name exactly one of --city, --district D1, --group G01, --branch B001.');
  const value = scopes[scope];
  return { scope, code: typeof value === 'string' ? value : '' };
}

export function bindChatCommand(deps: UseDeps) {
  return new Command('bind-chat')
    .description('say which city, district, group or branch a group chat belongs to; the bot must be in the chat')
    .addOption(new Option('--platform <name>', 'platform of the chat').choices(PLATFORM_NAMES).makeOptionMandatory())
    .requiredOption('--chat <id>', 'id of the chat, for example oc_…; "tenstar doctor" lists those the bot is in')
    .option('--city', 'the whole city')
    .option('--district <code>', 'a district')
    .option('--group <code>', 'a four-mutual group')
    .option('--branch <code>', 'a branch')
    .option('--json', 'print the outcome as JSON')
    .action(async ({ platform, chat, json, ...scopes }) => {
      const { scope, code } = chosen(scopes);
      await withUse(deps, async ({ db, now }) => {
        const target = await db.write(async (tx) => {
          const found = await findTarget(tx, scope, code);
          if (!found.ok)
            throw new TenstarError('not_found', `There is no ${scope} ${JSON.stringify(code)} in the roster.`);
          await bindChat(tx, platform, chat, found.value.scope, found.value.code);
          await appendAudit(tx, {
            at: now(),
            actor: 'system',
            act: 'chat_bound',
            object: chat,
            detail: { scope: found.value.scope, code: found.value.code },
          });
          return found.value;
        });
        if (json === true) writeJson(deps, { platform, chat, scope: target.scope, code: target.code });
        else deps.stdout.write(`${chat}: ${[target.scope, target.code].filter(Boolean).join(' ')}\n`);
      });
    });
}
