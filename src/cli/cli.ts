/** `tenstar …`: one command a file; what a command throws becomes one clear line and exit 1. */
import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { TenstarError } from '../errors.ts';
import { auditCommand } from './audit.ts';
import { backupCommand } from './backup.ts';
import { boardCommand } from './board.ts';
import { bindChatCommand } from './bind-chat.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { importDeps } from './import-deps.ts';
import { type CliIo, processIo } from './io.ts';
import { jobsCommand, runCommand } from './jobs.ts';
import { leagueCommand } from './league.ts';
import { migrateCommand } from './migrate.ts';
import { outboxCommand } from './outbox.ts';
import { restoreCommand } from './restore.ts';
import { resultsCommand } from './results.ts';
import { rulesCommand } from './rules.ts';
import { serveCommand } from './serve.ts';
import { useDeps } from './use-deps.ts';
import { yearCommand } from './year.ts';

function allCommands(io: CliIo): readonly CommandUnknownOpts[] {
  const deps = useDeps(io);
  return [
    serveCommand(),
    demoCommand(),
    migrateCommand(io),
    importCommand(importDeps(io)),
    bindChatCommand(deps),
    jobsCommand(deps),
    runCommand(deps),
    resultsCommand(deps),
    leagueCommand(deps),
    rulesCommand(deps),
    boardCommand(deps),
    auditCommand(deps),
    outboxCommand(deps),
    backupCommand(io),
    restoreCommand(io),
    yearCommand(deps),
    doctorCommand(io),
  ];
}

/** Errors reach `runCli` as exceptions, and a suggestion stands on the line of its error. */
function tame(command: CommandUnknownOpts, { stdout, stderr }: Pick<CliIo, 'stdout' | 'stderr'>): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    outputError: (text, write) => write(`${text.trim().replace(/\s*\n\s*/g, ' ')}\n`),
  });
  for (const child of command.commands) tame(child, { stdout, stderr });
}

export function program(io: CliIo = processIo): CommandUnknownOpts {
  const root = new Command('tenstar').description(
    'The double ten star appraisal of a city’s offices, in the chat they already have',
  );
  for (const command of allCommands(io)) root.addCommand(command);
  tame(root, io);
  return root;
}

/** Runs one command line; sets the exit code. */
export async function runCli(argv: readonly string[], io: CliIo = processIo): Promise<void> {
  try {
    await program(io).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      io.setExitCode(error.exitCode);
      return;
    }
    io.stderr.write(`${lineOf(error)}\n`);
    io.setExitCode(1);
  }
}

/** Errors of ours are sentences already; of anything else the kind is said, never its values. */
function lineOf(error: unknown): string {
  if (error instanceof TenstarError) return error.message;
  const code =
    error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown';
  if (/^(SQLITE|URL_|HRANA|SERVER|LIBSQL)/.test(code))
    return `The database cannot be used (${code}): check DATABASE_URL, DATABASE_AUTH_TOKEN and that the file can be written.`;
  return `Tenstar stopped because of an error nobody expected (${code}). Run it again; if it stays, report the command you used.`;
}
