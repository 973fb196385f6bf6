import { defineCommand } from '../src/command.ts';

/** The register of the branch's meetings: read by its people, kept by its secretary. */
export const meetingCommand = defineCommand({
  name: 'meeting',
  zh: ['会议'],
  group: 'member',
  run: async () => ({ card: 'meetings', args: {} }),
});
