import { z } from 'zod';
import { text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { SUMMARY_FIELDS } from '../src/domain/month.ts';
import { periodName } from '../src/period-name.ts';
import { findSummary, type MonthlySummary } from '../src/store/months.ts';
import { findBranch } from '../src/store/roster.ts';

interface SheetView {
  branchName: string;
  summary: MonthlySummary;
}
/** The month of a branch on one page, for its chat. */
export const monthSheetCard = defineCard({
  name: 'month_sheet',
  audience: 'any',
  args: z.object({ branch: z.string(), month: z.string() }),
  async view({ branch, month }, { read }): Promise<SheetView | null> {
    const known = await findBranch(read, branch);
    const summary = await findSummary(read, branch, month);
    return known === null || summary === null ? null : { branchName: known.name, summary };
  },
  render: ({ branchName, summary }, { t }) => ({
    title: t('meeting.summary.sheet_title', { month: periodName(t, summary.month) }),
    subtitle: summary.version > 1 ? t('meeting.summary.sheet_changed', { branch: branchName }) : branchName,
    tone: 'green',
    blocks: SUMMARY_FIELDS.flatMap((field) => [text(t(`meeting.summary.${field}`), 'strong'), text(summary[field])]),
  }),
});
