import { defineCommand } from '../src/command.ts';
import { isOffice } from '../src/usecases/access.ts';

/** How many messages wait and why some were given up; never what they say or to whom they go. */
export const outboxCommand = defineCommand({
  name: 'outbox',
  zh: ['消息'],
  group: 'office',
  for: ['office'],
  async run({ actor, use }) {
    return isOffice(use, actor) ? { card: 'outbox', args: {} } : { card: 'notice', args: { key: 'not_office' } };
  },
});
