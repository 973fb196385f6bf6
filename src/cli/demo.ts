/** `tenstar demo`: try everything without an account. */
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { castOf } from '../demo/guide.ts';
import { startDemo } from '../demo/run.ts';
import { onStopSignal } from './stop-signals.ts';

const port = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 1 to 65535.');
  return value;
};

export const demoCommand = () =>
  new Command('demo')
    .description(
      'start the bot beside a playground with a made-up city and an open review; nothing leaves this machine',
    )
    .option('--city', 'the full size: 7 districts, 69 groups, 240 branches, about 5,000 people')
    .option(
      '--year',
      'play a whole year of the small city first, in some minutes: commitments, meetings, checks, summaries, activities and four reviews',
    )
    .addOption(new Option('--dingtalk', 'everybody uses DingTalk in place of Feishu').conflicts(['both', 'year']))
    .addOption(
      new Option('--both', 'half of the branches use Feishu and half DingTalk, and some people both').conflicts('year'),
    )
    .option('--port <port>', 'port of the bot', port, 3000)
    .option('--playground-port <port>', 'port of the page', port, 4010)
    .option('--data <folder>', 'folder for the demo, emptied at every start', 'data/demo')
    .action(async ({ city, year, dingtalk, both, port, playgroundPort, data }) => {
      const platforms = both === true ? 'both' : dingtalk === true ? 'dingtalk' : 'lark';
      const demo = await startDemo(
        {
          size: city ? 'full' : 'small',
          port,
          playgroundPort,
          dir: data,
          year: year === true ? new Date().getFullYear() : undefined,
          platforms,
        },
        process.stderr,
      );
      const { secretary, member } = castOf(demo.city);
      process.stdout.write(
        [
          '',
          `  打开 Open   ${demo.url}`,
          '',
          `  可以先扮演 Start as   ${member.name}（党员 member）, ${secretary.name}（书记 secretary）`,
          '  停止 Stop   Ctrl+C',
          '',
        ].join('\n'),
      );
      onStopSignal(() => void demo.stop().then(() => process.exit(0)));
    });
