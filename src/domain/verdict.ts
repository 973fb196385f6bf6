/** The answer of a rule: yes with a value, or no with a reason from a closed list. */
export type Verdict<T, R extends string> = { ok: true; value: T } | { ok: false; reason: R };
export const yes = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const no = <R extends string>(reason: R): { ok: false; reason: R } => ({ ok: false, reason });
