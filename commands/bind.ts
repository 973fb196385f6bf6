import { defineCommand } from '../src/command.ts';
import { findBranch } from '../src/store/roster.ts';
import { issueBindCode } from '../src/usecases/bind.ts';

/** For those already linked: with an employee number, a code for that person, the own one included. Strangers are handled before any command. */
export const bindCommand = defineCommand({
  name: 'bind',
  zh: ['绑定'],
  group: 'member',
  usage: '[employee_no]',
  async run({ actor, args, tx, use, now }) {
    const [employeeNo] = args;
    if (employeeNo !== undefined) return issueBindCode(tx, use, actor, employeeNo, now);
    const branch = await findBranch(tx, actor.branch);
    return {
      card: 'notice',
      args: { key: 'bind_already', name: actor.name, branch: branch?.name ?? '', employee: actor.employeeNo },
    };
  },
});
