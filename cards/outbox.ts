import { z } from 'zod';
import { type Block, facts, list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import type { Translate } from '../src/i18n.ts';
import { countByState, deadByReason, type OutboxHealth, outboxHealth } from '../src/store/outbox-admin.ts';
import { zh } from '../src/texts/zh/index.ts';
import { age } from './shared/age.ts';

/** Reasons listed; there are few. */
const LISTED = 10;

interface OutboxView {
  health: OutboxHealth;
  sent: number;
  dead: readonly { reason: string; n: number }[];
}

type Reason = keyof typeof zh.job.reason;
const isReason = (text: string): text is Reason => Object.hasOwn(zh.job.reason, text);

/** `person_unreachable 230013` as a sentence with the platform's code behind it. */
function why(t: Translate, reason: string): string {
  const [name = '', ...code] = reason.split(' ');
  const said = isReason(name) ? t(`job.reason.${name}`) : name;
  return code.length === 0 ? said : `${said} (${code.join(' ')})`;
}

/** For the office: numbers and reasons; no recipient and no content (F12). */
export const outboxCard = defineCard({
  name: 'outbox',
  audience: 'person',
  args: z.object({}),
  async view(_args, { read, now }): Promise<OutboxView> {
    const { sent } = await countByState(read);
    return { health: await outboxHealth(read, now, 'outbox'), sent, dead: await deadByReason(read, LISTED) };
  },
  render({ health, sent, dead }, { t }) {
    const given: Block[] =
      dead.length === 0
        ? []
        : [
            text(t('job.dead_title'), 'strong'),
            list(dead.map(({ reason, n }) => t('job.dead_line', { why: why(t, reason), n }))),
            text(t('job.dead_hint'), 'muted'),
          ];
    return {
      title: t('job.outbox_title'),
      tone: health.dead > 0 ? 'orange' : 'blue',
      blocks: [
        facts(
          [t('job.waiting'), String(health.waiting)],
          [t('job.due'), String(health.due)],
          [t('job.oldest'), age(t, health.oldestMs)],
          [t('job.sent'), String(sent)],
          [t('job.dead'), String(health.dead)],
        ),
        ...(health.due === 0 && health.dead === 0 ? [text(t('job.all_sent'), 'good')] : []),
        ...given,
      ],
    };
  },
});
