/** `tenstar audit verify`: recomputes the hash chain of the audit trail (F15). */
import { Command } from '@commander-js/extra-typings';
import { type AuditVerdict, verifyAudit } from '../store/audit.ts';
import { type UseDeps, withUse, writeJson } from './output.ts';

const WHY: Readonly<Record<Extract<AuditVerdict, { ok: false }>['why'], string>> = {
  missing_entry: 'an entry is missing',
  broken_link: 'it does not follow from the entry before it',
  changed_entry: 'it was changed after it was written',
};

export function auditCommand(deps: UseDeps) {
  const command = new Command('audit').description('the append-only trail of everything that was done');
  command
    .command('verify')
    .description(
      'recompute the whole chain; exit 1 when it is broken. Keep the head it prints: only with it a cut-off end shows',
    )
    .option('--json', 'print the outcome as JSON')
    .action(async ({ json }) => {
      const verdict = await withUse(deps, (use) => verifyAudit(use.db.read));
      if (json === true) writeJson(deps, verdict);
      if (verdict.ok && json !== true)
        deps.stdout.write(`${verdict.entries} entries, unbroken. Head ${verdict.head}\n`);
      if (!verdict.ok)
        deps.stderr.write(
          `The trail is broken at entry ${verdict.seq}: ${WHY[verdict.why]}. Compare with the newest backup.\n`,
        );
      deps.setExitCode(verdict.ok ? 0 : 1);
    });
  return command;
}
