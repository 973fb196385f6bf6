import { z } from 'zod';
import { list, text } from '../src/card.ts';
import { defineCard } from '../src/card-def.ts';
import { periodName } from '../src/period-name.ts';
import { findBranch, findDistrict } from '../src/store/roster.ts';
import { EXPORT_FILES, type ExportFile, SCORE_FILES } from '../src/usecases/export-access.ts';

interface ExportView {
  files: readonly ExportFile[];
  /** Null for the whole city. */
  place: string | null;
  period: string;
}

/** Says which files come; they follow as messages of their own. */
export const exportCard = defineCard({
  name: 'export',
  audience: 'person',
  args: z.object({
    files: z.string().transform((names) => z.array(z.enum(EXPORT_FILES)).parse(names.split(' '))),
    period: z.string(),
    branch: z.string().optional(),
    district: z.string().optional(),
  }),
  async view({ files, period, branch, district }, { read }): Promise<ExportView> {
    const found =
      branch !== undefined
        ? await findBranch(read, branch)
        : district !== undefined
          ? await findDistrict(read, district)
          : null;
    return { files, period, place: found?.name ?? branch ?? district ?? null };
  },
  render({ files, place, period }, { t }) {
    const scores = files.some((file) => SCORE_FILES.includes(file));
    return {
      title: t('export.title'),
      subtitle: t('export.about', { place: place ?? t('export.city'), period: periodName(t, period) }),
      tone: 'blue',
      blocks: [
        text(t('export.intro')),
        list(files.map((file) => t(`export.file.${file}`))),
        ...(scores && !files.includes('publicity') ? [text(t('export.publicity_later'))] : []),
        text(t(scores ? 'export.with_scores' : 'export.without_scores'), 'muted'),
      ],
    };
  },
});
