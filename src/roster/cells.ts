/** Checks of single cells. Each reads one cell and either answers its value or reports what is wrong and what is allowed. */
import {
  type HeldRole,
  localeSchema,
  ROLES,
  type RosterPerson,
  roleSchema,
  type Status,
  statusSchema,
} from '../domain/roster.ts';
import type { Translate } from '../i18n.ts';
import { shown } from './problem.ts';

export const CODE_CHARACTERS = 32;
export const EMPLOYEE_NO_CHARACTERS = 24;
export const NAME_CHARACTERS = 60;

/** What a check needs of the cell it looks at. */
export interface CellContext {
  t: Translate;
  readonly fail: (reason: string) => null;
}

/** Text without hidden characters and not too long; `''` where the cell is empty; null after a problem. */
function plain(raw: string, max: number, { t, fail }: CellContext): string | null {
  if (/[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/u.test(raw)) return fail(t('roster.control_character'));
  const length = Array.from(raw).length;
  return length > max ? fail(t('roster.too_long', { have: length, max })) : raw;
}

/** A name of a person, branch and so on. */
export function readName(raw: string, cell: CellContext): string | null {
  const name = plain(raw.normalize('NFC').replace(/[\p{Zs}]+/gu, ' '), NAME_CHARACTERS, cell);
  if (name === null || name === '') return name;
  return /\p{L}/u.test(name) ? name : cell.fail(cell.t('roster.bad_name', { value: shown(name) }));
}

/** A code of a district, group, unit or branch: people type it in commands, so ASCII only. */
export function readCode(raw: string, cell: CellContext): string | null {
  const code = raw.normalize('NFKC');
  if (code === '' || new RegExp(`^[A-Za-z0-9_-]{1,${CODE_CHARACTERS}}$`).test(code)) return code;
  return cell.fail(cell.t('roster.bad_code', { value: shown(raw), max: CODE_CHARACTERS }));
}

/** Words that stand beside employee numbers in names of forms and buttons, or in the audit log (design.md §7). */
const RESERVED = new Set(['branch', 'system', 'next', 'back', 'review', 'cast', 'edit']);

export function readEmployeeNo(raw: string, cell: CellContext): string | null {
  const no = raw.normalize('NFKC');
  if (no === '') return no;
  if (!new RegExp(`^[A-Za-z0-9-]{1,${EMPLOYEE_NO_CHARACTERS}}$`).test(no))
    return cell.fail(cell.t('roster.bad_employee_no', { value: shown(raw), max: EMPLOYEE_NO_CHARACTERS }));
  if (RESERVED.has(no.toLowerCase())) return cell.fail(cell.t('roster.reserved_employee_no', { value: shown(raw) }));
  return no;
}

/** Mainland numbers come back as eleven digits, others with `+` and country code, as the platforms want them. */
export function readMobile(raw: string, cell: CellContext): string | null {
  const mobile = raw
    .normalize('NFKC')
    .replace(/[\s().-]/g, '')
    .replace(/^(\+|00)86(?=1)/, '');
  if (mobile === '' || /^1[3-9]\d{9}$/.test(mobile) || /^\+(?!86)[1-9]\d{6,14}$/.test(mobile)) return mobile;
  const scientific = /^\d(\.\d+)?E\+\d+$/i.test(raw.replace(/\s/g, ''));
  return cell.fail(cell.t(scientific ? 'roster.mobile_scientific' : 'roster.bad_mobile', { value: shown(raw) }));
}

export function readOpenId(raw: string, cell: CellContext): string | null {
  if (raw === '' || /^ou_[A-Za-z0-9_-]{1,64}$/.test(raw)) return raw;
  return cell.fail(cell.t('roster.bad_open_id', { value: shown(raw) }));
}

export function readDingtalkId(raw: string, cell: CellContext): string | null {
  if (raw === '' || /^[A-Za-z0-9_.@-]{1,64}$/.test(raw)) return raw;
  return cell.fail(cell.t('roster.bad_dingtalk_id', { value: shown(raw) }));
}

const STATUS_WORDS: Readonly<Record<string, Status>> = {
  正式党员: 'full',
  正式: 'full',
  预备党员: 'probationary',
  预备: 'probationary',
  群众: 'colleague',
  群众代表: 'colleague',
};
export function readStatus(raw: string, cell: CellContext): Status | null {
  const word = raw.normalize('NFKC').toLowerCase();
  const status = statusSchema.safeParse(STATUS_WORDS[word] ?? word);
  return status.success ? status.data : cell.fail(cell.t('roster.bad_status', { value: shown(raw) }));
}

const LOCALE_WORDS: Readonly<Record<string, string>> = {
  'zh-cn': 'zh-CN',
  zh: 'zh-CN',
  中文: 'zh-CN',
  en: 'en',
  英文: 'en',
};
export function readLocale(raw: string, cell: CellContext): RosterPerson['locale'] {
  if (raw === '') return null;
  const locale = localeSchema.safeParse(LOCALE_WORDS[raw.normalize('NFKC').replace('_', '-').toLowerCase()]);
  return locale.success ? locale.data : cell.fail(cell.t('roster.bad_locale', { value: shown(raw) }));
}

const ROLE_WORDS: Readonly<Record<string, HeldRole['role']>> = {
  书记: 'secretary',
  支部书记: 'secretary',
  副书记: 'deputy_secretary',
  委员: 'committee',
  支部委员: 'committee',
  班子成员: 'leader',
  领导班子成员: 'leader',
  领导小组成员: 'leading_group',
  联络员: 'liaison',
  片区联络员: 'liaison',
  工委办公室: 'office',
  考评组成员: 'assessor',
};
const ALLOWED_ROLES = ROLES.map((role) => (role === 'liaison' ? 'liaison:D1' : role)).join(', ');

/** The `;` list of roles; `districts` is null where the branches file could not be read. Every wrong entry is reported; the right ones come back without repeats. */
export function readRoles(raw: string, districts: readonly string[] | null, cell: CellContext): HeldRole[] {
  const held = new Map<string, HeldRole>();
  for (const entry of raw.normalize('NFKC').split(/[;,、|]/)) {
    const [word = '', scope = '', ...rest] = entry.split(':').map((part) => part.trim());
    if (word === '' && scope === '' && rest.length === 0) continue;
    const role = roleSchema.safeParse(ROLE_WORDS[word] ?? word.toLowerCase());
    if (!role.success || rest.length > 0) {
      cell.fail(cell.t('roster.bad_role', { value: shown(entry.trim()), allowed: ALLOWED_ROLES }));
    } else if (role.data === 'liaison') {
      if (scope === '') cell.fail(cell.t('roster.liaison_needs_district', { example: districts?.[0] ?? 'D1' }));
      else if (districts && !districts.includes(scope))
        cell.fail(cell.t('roster.unknown_district', { value: shown(scope), allowed: districts.join(', ') }));
      else held.set(`liaison:${scope}`, { role: 'liaison', scope });
    } else if (entry.includes(':')) {
      cell.fail(cell.t('roster.role_takes_no_district', { value: shown(word) }));
    } else held.set(role.data, { role: role.data, scope: '' });
  }
  return [...held.values()];
}
