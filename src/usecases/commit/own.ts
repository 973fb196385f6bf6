/** A person's own commitments, tasks and open check, as `/me` lists them (F8). */
import { type CommitmentState, openYears } from '../../domain/commitment.ts';
import { today } from '../../domain/period.ts';
import type { CheckState } from '../../domain/weekly-check.ts';
import { itemsOf, sheetOfPerson } from '../../store/commitments.ts';
import type { Reader } from '../../store/db.ts';
import { openTasksOf } from '../../store/tasks.ts';
import { lastAnswers } from '../../store/weekly-checks.ts';
import { currentCheck } from './weekly-check.ts';

export interface OwnWork {
  commitments: readonly { year: number; state: CommitmentState; items: number }[];
  /** Open ones; `said` is the newest answer. */
  tasks: readonly { text: string; due: string; said: CheckState | null }[];
  /** The check that is open and not answered. */
  check: { week: string; until: number } | null;
}
export async function ownWork(h: Reader, person: string, timezone: string, now: number): Promise<OwnWork> {
  const commitments: { year: number; state: CommitmentState; items: number }[] = [];
  for (const year of openYears(today(now, timezone))) {
    const sheet = await sheetOfPerson(h, person, year);
    if (sheet !== null) commitments.push({ year, state: sheet.state, items: (await itemsOf(h, sheet.id)).length });
  }
  const said = await lastAnswers(h, person);
  const check = await currentCheck(h, person);
  return {
    commitments,
    tasks: (await openTasksOf(h, person)).map(({ id, text, due }) => ({ text, due, said: said.get(id) ?? null })),
    check: check === null || check.due.answered || check.tasks.length === 0 ? null : check.round,
  };
}
