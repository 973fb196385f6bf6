import type { SameKeys } from '../same.ts';
import type { exporting as zh } from '../zh/export.ts';

export const exporting: SameKeys<typeof zh> = {
  title: 'Export',
  button: 'Get the files',
  on_their_way: 'The files are on their way to our private chat.',
  about: '{{place}}, {{period}}',
  city: 'Whole city',
  intro: 'These files follow privately, one by one:',
  file: {
    count_sheet: 'count sheet (XLSX, ready to print)',
    publicity: 'publicity list (XLSX, ready to print)',
    results_csv: 'results as data (CSV, with scores)',
    results_json: 'results as data (JSON, with scores)',
    stars_csv: 'stars and levels (CSV, no scores)',
    stars_json: 'stars and levels (JSON, no scores)',
    league_csv: 'league of branches (CSV)',
  },
  name: {
    count_sheet: 'count-sheet',
    publicity: 'publicity-list',
    results_csv: 'results',
    results_json: 'results',
    stars_csv: 'stars',
    stars_json: 'stars',
    league_csv: 'league',
  },
  with_scores:
    'The files hold scores. They are for the branch committee and the leaders of the unit only: do not pass them on. The export is in the audit trail, and everybody on the list can see who made it.',
  without_scores: 'The files hold published stars and levels, no scores. The export is in the audit trail.',
  publicity_later: 'The publicity list can be exported once the committee has confirmed the result.',
};
