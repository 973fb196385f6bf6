import { z } from 'zod';

/** Why someone is away: categories only, never details (F13). */
export const ABSENCE_REASONS = ['duty_travel', 'leave', 'illness', 'posting', 'other'] as const;
export const absenceReasonSchema = z.enum(ABSENCE_REASONS);
export type AbsenceReason = z.infer<typeof absenceReasonSchema>;
