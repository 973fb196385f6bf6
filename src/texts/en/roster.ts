import type { SameKeys } from '../same.ts';
import type { roster as zh } from '../zh/roster.ts';

export const roster: SameKeys<typeof zh> = {
  file_unreadable: 'The file cannot be opened ({{code}}). Check the path and the permissions.',
  file_too_big: 'The file has {{have}} MB; the limit is {{max}} MB. Check that it is the right file.',
  file_unpacked_too_big:
    'Unpacked, the file would exceed {{max}} MB, so it was not read. Save it as CSV and import that.',
  file_old_xls: 'This is an old Excel file (.xls). Save it as .xlsx or CSV.',
  file_not_xlsx:
    'This cannot be read as an XLSX workbook; it may be damaged or encrypted. Save it again as .xlsx or CSV.',
  file_not_text: 'This is neither UTF-8 nor GBK text nor XLSX. Save it as CSV (UTF-8) or .xlsx.',
  file_damaged:
    'There are unreadable characters: the file is UTF-8 but damaged here. Export it again from the original.',
  file_empty: 'The file is empty. Row 1 must hold the column names: {{allowed}}.',
  too_many_rows: 'There are more than {{max}} rows. Split the file or delete the rows that are not needed.',
  no_rows: 'There is no row under the column names.',
  quote_broken:
    'The quotation marks do not pair up, so the columns cannot be told apart. Check this row and the one before.',
  column_unknown: 'There is no column "{{value}}". Allowed columns: {{allowed}}.',
  column_unnamed: 'This column has content but no name. Allowed columns: {{allowed}}.',
  column_missing: 'The column "{{value}}" is missing. Needed columns: {{allowed}}.',
  column_twice: 'The column "{{value}}" appears twice; keep one.',
  extra_cell: '"{{value}}" lies beyond the last column name; this row probably has one separator too many.',
  required: 'This must not be empty.',
  too_long: 'This has {{have}} characters; at most {{max}} are allowed.',
  control_character: 'This holds an invisible control character or a line break; delete it.',
  bad_code: '"{{value}}" is not a code: use letters, digits, hyphens and underscores, at most {{max}} characters.',
  bad_employee_no:
    '"{{value}}" is not an employee number: use letters, digits and hyphens, at most {{max}} characters.',
  reserved_employee_no: '"{{value}}" is a word the system needs itself; it cannot be an employee number.',
  bad_name: '"{{value}}" has no letters in it; give a name.',
  twice: '"{{value}}" already appears in row {{row}}; it must be unique.',
  twice_but_case: '"{{value}}" differs from "{{other}}" in row {{row}} only by capital letters; write both the same.',
  names_disagree: 'Code "{{code}}" is called "{{other}}" in row {{row}} but "{{value}}" here; make them the same.',
  code_without_name: 'The code "{{value}}" needs a name beside it.',
  name_without_code: 'The name "{{value}}" needs a code beside it.',
  group_other_district:
    'Group "{{code}}" belongs to district "{{other}}" in row {{row}} but to "{{value}}" here; a group lies in one district.',
  unknown_branch: 'The branches file has no code "{{value}}". Use a code from its column branch_code.',
  bad_status: '"{{value}}" is not a status. Allowed: full, probationary, colleague.',
  bad_role: '"{{value}}" is not a role. Allowed, separated by semicolons: {{allowed}}.',
  liaison_needs_district: 'A liaison officer needs a district, for example liaison:{{example}}.',
  unknown_district: 'The branches file has no district "{{value}}". Allowed: {{allowed}}.',
  role_takes_no_district: '"{{value}}" takes no district; only liaison does.',
  role_needs_full_member: '"{{value}}" must be a full member; the status here is {{status}}.',
  role_needs_member: '"{{value}}" must be a member; the status here is {{status}}.',
  both_secretaries: 'One person cannot be both secretary and deputy secretary.',
  second_secretary: 'The secretary of branch "{{branch}}" is already in row {{row}}; a branch has one secretary.',
  bad_mobile: '"{{value}}" is not a mobile number. Use 11 digits for mainland China, or + and the country code.',
  mobile_scientific:
    '"{{value}}" was turned into scientific notation by a spreadsheet. Set the column to "text" and enter it again.',
  bad_open_id: '"{{value}}" is not a Feishu open_id. It starts with ou_; leave it empty to look it up by mobile.',
  bad_dingtalk_id:
    '"{{value}}" is not a DingTalk userid: at most 64 letters, digits or _ - . @; leave it empty if unknown.',
  bad_locale: '"{{value}}" is not a language. Allowed: zh-CN, en, or empty.',
  gap_no_group: 'Branch {{code}} is in no four-mutual group yet.',
  gap_group_size: 'Group {{code}} has {{have}} branches; it should have {{need}}.',
  gap_no_people: 'Branch {{code}} has no people.',
  gap_no_secretary: 'Branch {{code}} has no secretary.',
  gap_few_colleagues: "Branch {{code}} has {{have}} colleagues' representatives; it should have at least {{need}}.",
  gap_few_raters: 'In branch {{code}} a member has at most {{have}} raters; a tally needs {{need}}.',
  gap_same_name: 'Branch {{code}} has people of the same name: {{names}}. A ballot cannot tell them apart; add a note.',
  gap_no_way_to_reach:
    'Branch {{code}} has {{have}} people with neither a mobile number nor a chat account; they need a one-time code.',
  gap_no_liaison: 'District {{code}} has no liaison officer.',
  gap_no_app: 'There are {{have}} values in {{column}}, but that platform is not set up; they are not kept.',
  refused: 'Found {{problems}} problems; nothing was written. Correct them and import again.',
  dry_run: 'Dry run: every check passed; nothing was written.',
  imported: 'Import finished.',
  sum_branches:
    'Branches: {{added}} added, {{changed}} changed, {{left}} closed, {{returned}} reopened, {{unchanged}} unchanged',
  sum_people:
    'People: {{added}} added, {{changed}} changed, {{left}} left, {{returned}} returned, {{unchanged}} unchanged',
  sum_more: '… and {{more}} more; see all with --json',
  gaps_title: 'These do not stop the import but should be put right soon ({{have}}):',
  was_empty: '(empty)',
  progress: 'Writing',
};
