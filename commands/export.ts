import { defineCommand } from '../src/command.ts';
import { today } from '../src/domain/period.ts';
import { periodName } from '../src/period-name.ts';
import { orderExport } from '../src/usecases/export.ts';
import { periodAndPlace } from '../src/usecases/scope.ts';

/** Results as files, sent privately: with scores to committee and leaders, published figures to the office and liaison officers. */
export const exportCommand = defineCommand({
  name: 'export',
  zh: ['导出'],
  group: 'secretary',
  for: ['committee', 'leader', 'liaison', 'office'],
  usage: '[period] [branch]',
  async run({ actor, args, now, use, tx, t }) {
    const { period, place = null } = periodAndPlace(args, today(now, use.config.timezone));
    const ordered = await orderExport(tx, use, actor, { period, place }, now);
    if (!ordered.ok) {
      const { ok: _, reason, ...about } = ordered;
      return {
        card: 'notice',
        args: { key: reason, ...about, ...('period' in about ? { period: periodName(t, about.period) } : {}) },
      };
    }
    const { files, names, place: about, period: of } = ordered.order;
    return { card: 'export', args: { files: names.join(' '), period: of, ...(about === 'city' ? {} : about) }, files };
  },
});
