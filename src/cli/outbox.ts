/** `tenstar outbox list|retry`: what waits, what was given up and why, and another try. Never what a message says. */
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { age } from '../../cards/shared/age.ts';
import { TenstarError } from '../errors.ts';
import { translator } from '../i18n.ts';
import {
  countByState,
  deadMessages,
  type ListedMessage,
  outboxHealth,
  retryDead,
  waitingMessages,
} from '../store/outbox-admin.ts';
import type { Use } from '../use.ts';
import { columns, type UseDeps, withUse, writeJson } from './output.ts';

const LISTED = 50;
/** Cards whose recipients nobody looks up: the list of those who owe a ballot is for no eyes (F12). */
const PRIVATE_RECIPIENT = new Set(['ballot_reminder', 'self_review_reminder']);

export function outboxCommand(deps: UseDeps) {
  const command = new Command('outbox').description('messages that wait or were given up');
  command
    .command('list')
    .description('how many messages wait, and which were given up and why')
    .option('--limit <n>', 'messages listed of each kind', limit, LISTED)
    .option('--json', 'print the list as JSON')
    .action(async ({ limit: most, json }) => withUse(deps, (use) => list(use, most, json === true, deps)));
  command
    .command('retry')
    .description('send messages that were given up once more; one that may have arrived can arrive twice')
    .argument('[id]', 'number of one message, as listed; all that were given up when absent')
    .option('--all', 'every message that was given up, said outright')
    .action(async (id, { all }) => {
      const which = chosen(id, all === true);
      const { n, locale } = await withUse(deps, async (use) => ({
        n: await use.db.write((tx) => retryDead(tx, which, use.now())),
        locale: use.config.defaultLocale,
      }));
      if (n === 0 && which !== 'all')
        throw new TenstarError(
          'not_found',
          `No message with the number ${which.id} was given up; "tenstar outbox list" shows those that were.`,
        );
      deps.stdout.write(`${translator(locale)('job.retried', { n })}\n`);
    });
  return command;
}

function limit(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1 to 99999.');
  return Number(text);
}
function chosen(id: string | undefined, all: boolean): { id: number } | 'all' {
  if (id === undefined) return 'all';
  if (all) throw new TenstarError('input_invalid', 'Name either the number of one message or --all, not both.');
  if (!/^[1-9]\d{0,14}$/.test(id))
    throw new TenstarError(
      'input_invalid',
      `${JSON.stringify(id)} is not the number of a message; "tenstar outbox list" shows them.`,
    );
  return { id: Number(id) };
}

/** Whose account or chat is the trouble; of a message that merely waits it is nobody's business. */
const recipientOf = ({ state, card, recipient }: ListedMessage): string | null =>
  state === 'dead' && !PRIVATE_RECIPIENT.has(card) ? recipient : null;

async function list(use: Use, most: number, json: boolean, deps: UseDeps): Promise<void> {
  const { read } = use.db;
  const [health, counts] = [await outboxHealth(read, use.now()), await countByState(read)];
  const messages = [...(await deadMessages(read, most)), ...(await waitingMessages(read, most))];
  if (json) {
    const rows = messages.map((m) => ({
      id: m.id,
      platform: m.platform,
      to: m.recipientKind,
      recipient: recipientOf(m),
      card: m.card,
      state: m.state,
      attempts: m.attempts,
      error: m.lastError,
      not_before: new Date(m.notBefore).toISOString(),
      created_at: new Date(m.createdAt).toISOString(),
    }));
    writeJson(deps, { ...counts, due: health.due, oldest_ms: health.oldestMs, messages: rows });
    return;
  }
  const t = translator(use.config.defaultLocale);
  const facts = [
    `${t('job.waiting')} ${health.waiting}`,
    `${t('job.due')} ${health.due}`,
    `${t('job.oldest')} ${age(t, health.oldestMs)}`,
    `${t('job.sent')} ${counts.sent}`,
    `${t('job.dead')} ${health.dead}`,
  ];
  deps.stdout.write(`${facts.join('  ')}\n`);
  if (messages.length === 0) return;
  const lines = messages.map((m) => [
    String(m.id),
    m.state,
    m.platform,
    m.recipientKind,
    m.card,
    String(m.attempts),
    recipientOf(m) ?? '-',
    m.lastError ?? '',
  ]);
  deps.stdout.write(columns([['ID', 'STATE', 'PLATFORM', 'TO', 'CARD', 'TRIES', 'RECIPIENT', 'ERROR'], ...lines]));
}
