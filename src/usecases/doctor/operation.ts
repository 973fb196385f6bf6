/** What a running installation lives on: its runtime, room on the disk, the calendar of the year, messages that leave. Changes nothing. */
import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { yearOf } from '../../domain/dates.ts';
import { today } from '../../domain/period.ts';
import { noticeYears, workCalendar } from '../../domain/work-calendar.ts';
import { say, type TextKey, type Translate } from '../../i18n.ts';
import { localFile, type Reader } from '../../store/db.ts';
import { leaseUntil } from '../../store/lease.ts';
import { deadByReason, OUTBOX_MAX_AGE_MS, outboxHealth } from '../../store/outbox-admin.ts';
import { zh } from '../../texts/zh/index.ts';
import { OUTBOX_LEASE } from '../outbox/lane.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

/** As in package.json and src/tenstar.mjs. */
const NODE_NEEDED = [24, 16] as const;
/** A database of a whole city is far below this, so nothing smaller is comfortable for its log, a copy of it and the system. */
const LOW_DISK_BYTES = 500e6;
const REASONS_SHOWN = 3;

/** @param version such as `24.16.0` */
export function examineNode(version: string, t: Translate): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor, needMinor] = NODE_NEEDED;
  if (major > needMajor || (major === needMajor && minor >= needMinor))
    return ok('node', t('doctor.node_ok', { version }));
  return fail('node', t('doctor.node_old', { version, need: NODE_NEEDED.join('.') }), t('doctor.fix_node'));
}

/** Room where the database lies, or will lie; nothing for a server. */
export function examineDisk({ database }: Pick<Config, 'database'>, t: Translate): Finding[] {
  const file = localFile(database.url);
  if (file === null) return [];
  let folder = dirname(resolve(file));
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free * 1e6 >= LOW_DISK_BYTES) return [ok('disk', t('doctor.disk_ok', { free }))];
  return [warn('disk', t('doctor.disk_low', { free, folder }), t('doctor.fix_disk'))];
}

/** Whether the official holidays are known for this year and, once they are announced, for the next one. @param now Unix ms */
export function examineCalendar(
  { timezone, notices }: Pick<Config, 'timezone' | 'notices'>,
  now: number,
  t: Translate,
): Finding[] {
  const date = today(now, timezone);
  const calendar = workCalendar({ zone: timezone, notices });
  const years = noticeYears(date);
  const missing = years.filter((one) => !calendar.official(one));
  if (missing.length === 0) return [ok('calendar', t('doctor.calendar_ok', { years: years.join(', ') }))];
  return missing.map((one) => {
    const [text, fix] = [t('doctor.calendar_missing', { year: one }), t('doctor.fix_calendar')];
    return one === yearOf(date) ? fail('calendar', text, fix) : warn('calendar', text, fix);
  });
}

/** Whether a bot works on this database, and whether messages leave. @param now Unix ms */
export async function examineOutbox(h: Reader, now: number, t: Translate): Promise<Finding[]> {
  const { due, dead, oldestMs } = await outboxHealth(h, now);
  const findings: Finding[] = [];
  if (oldestMs > OUTBOX_MAX_AGE_MS)
    findings.push(
      fail(
        'outbox',
        t('doctor.outbox_old', { n: due, minutes: Math.floor(oldestMs / 60_000) }),
        t('doctor.fix_outbox_old'),
      ),
    );
  if ((await leaseUntil(h, OUTBOX_LEASE, now)) === null)
    findings.push(warn('outbox', t('doctor.outbox_nobody'), t('doctor.fix_outbox_nobody')));
  if (dead > 0) {
    const reasons = (await deadByReason(h, REASONS_SHOWN)).map(({ reason, n }) => `${inWords(t, reason)} × ${n}`);
    findings.push(
      warn('outbox', t('doctor.outbox_dead', { n: dead, reasons: reasons.join('; ') }), t('doctor.fix_outbox_dead')),
    );
  }
  return findings.length > 0 ? findings : [ok('outbox', t('doctor.outbox_ok', { n: due }))];
}

const IN_WORDS: ReadonlySet<string> = new Set(Object.keys(zh.job.reason));
/** `not_permitted 99991672`: the reason in words, the platform's code as it is. */
function inWords(t: Translate, stored: string): string {
  const [reason = '', ...code] = stored.split(' ');
  if (!IN_WORDS.has(reason)) return stored;
  const words = say(t, `job.reason.${reason}` as TextKey);
  return code.length === 0 ? words : `${words} (${code.join(' ')})`;
}
