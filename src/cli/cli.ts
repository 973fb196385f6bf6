/** `tenstar …`: one command a file; what a command throws becomes one clear line and exit 1. */
import { Command, CommanderError } from '@commander-js/extra-typings';
import { TenstarError } from '../errors.ts';
import { demoCommand } from './demo.ts';
import { importCommand } from './import.ts';
import { importDeps } from './import-deps.ts';
import { serveCommand } from './serve.ts';

function program(): Command {
  const root = new Command('tenstar').description('Tenstar: the double ten star appraisal, run in the chat you already have').exitOverride();
  for (const command of [serveCommand(), demoCommand(), importCommand(importDeps()) as Command]) root.addCommand(command.exitOverride());
  return root;
}

/** Runs one command line. */
export async function runCli(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode;
      return;
    }
    if (!(error instanceof TenstarError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
