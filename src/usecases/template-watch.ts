/** Remembers what drew the cards that people tap; only a change is written, so that nothing tells when somebody tapped. */
import type { Log } from '../log.ts';
import type { PlatformName } from '../platform/platform.ts';
import { rememberTemplate } from '../store/card-template.ts';
import type { Database } from '../store/db.ts';

export interface TemplateWatch {
  /** @param version 0: the template is not ours */
  seen(templateId: string, version: number): void;
  /** When what was seen is written. Never rejects: what could not be written is seen again at the next tap. */
  flush(): Promise<void>;
}

export function createTemplateWatch(deps: {
  db: Pick<Database, 'write'>;
  platform: PlatformName;
  log: Pick<Log, 'warn'>;
}): TemplateWatch {
  const known = new Map<string, number>();
  let writing = Promise.resolve();
  async function write(templateId: string, version: number): Promise<void> {
    try {
      await deps.db.write((tx) => rememberTemplate(tx, deps.platform, templateId, version));
    } catch (error) {
      known.delete(templateId);
      deps.log.warn({ err: error }, 'card template: what was seen could not be written yet');
    }
  }
  return {
    seen(templateId, version) {
      if (known.get(templateId) === version) return;
      known.set(templateId, version);
      writing = writing.then(() => write(templateId, version));
    },
    flush: () => writing,
  };
}
