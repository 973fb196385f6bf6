/** What every suite is given and gives back. */
import type { Figure } from '../figures.ts';

export interface SuiteContext {
  /** Sizes so small that everything is through within seconds. */
  quick: boolean;
  /** Says what is going on. */
  say: (line: string) => void;
}
export type Suite = (context: SuiteContext) => Promise<Figure[]>;
