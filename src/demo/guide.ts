/** “Your first five minutes” of the demo: one quarterly review, from the secretary's console to the league table. */
import type { GuideOrder } from '../playground/guide.ts';

export interface GuideCast {
  /** Mobile numbers, as loaded into the playground. */
  secretary: string;
  member: string;
  /** Both are shown first when a person is to be chosen, with these. */
  liaison?: string;
  /** Keys of the groups, as loaded into the playground. */
  branchChat: string;
  districtChat: string;
}

const say = (zh: string, en: string) => ({ zh, en });
const command = (name: string, zh: string, aboutZh: string, aboutEn: string) => ({
  name: `/${name}`,
  zh: `/${zh}`,
  about: say(aboutZh, aboutEn),
});

/** The first six are offered as chips. */
const COMMANDS = [
  command('help', '帮助', '能用的命令', 'what you can do here'),
  command('me', '我的', '我要做什么、我的星', 'what I owe, my stars'),
  command('ballot', '投票', '再要一张选票', 'another ballot'),
  command('review', '评议', '评议控制台（书记）', 'the review console (secretary)'),
  command('results', '结果', '评议结果', 'results of a review'),
  command('league', '排行', '争星排行', 'the league table'),
  command('selfreview', '自评', '填写季度自评', 'write the self-review'),
  command('status', '进度', '谁还没做完，只看数字', 'how far things are, in numbers'),
  command('remind', '催办', '提醒还没做的人', 'remind those who owe'),
  command('verify', '核验', '核验选票回执', 'check a receipt'),
  command('object', '异议', '对结果提出异议', 'object to a result'),
  command('bind', '绑定', '绑定账号', 'link an account'),
  command('lang', '语言', '中文或英文', 'Chinese or English'),
];

export function demoGuide({ secretary, member, liaison, branchChat, districtChat }: GuideCast): GuideOrder {
  return {
    people: [
      {
        mobile: secretary,
        why: say('支部书记：开评议会、发选票、公布结果', 'Secretary: holds the review and publishes it'),
      },
      { mobile: member, why: say('党员：自评、签到、投票', 'Member: self-review, sign-in, ballot') },
      ...(liaison === undefined
        ? []
        : [{ mobile: liaison, why: say('片区联络员：看片区排行', 'Liaison officer: sees the district') }]),
    ],
    chair: secretary,
    commands: COMMANDS,
    steps: [
      {
        key: 'secretary',
        title: say('先当一回支部书记', 'Be the branch secretary first'),
        more: say(
          '评议会由书记主持，随时可以换人。',
          'The secretary holds the review. You can change person at any time.',
        ),
        as: secretary,
        done: [{ on: 'person' }],
      },
      {
        key: 'help',
        title: say('看看能做什么', 'See what is possible'),
        more: say('机器人按身份列出命令，每条一句话。', 'The bot lists the commands of this person, a line each.'),
        as: secretary,
        chat: 'private',
        type: '/help',
        done: [{ on: 'typed', words: ['/help', '/帮助'] }],
      },
      {
        key: 'review',
        title: say('打开评议控制台', 'Open the review console'),
        more: say('控制台只显示此刻能做的事。', 'It only shows what is possible now.'),
        as: secretary,
        chat: 'private',
        type: '/review',
        done: [{ on: 'typed', words: ['/review', '/评议'] }],
      },
      {
        key: 'meeting',
        title: say('在控制台点“开始会议”', 'Press “start meeting” in the console'),
        more: say('签到卡会发到支部群。', 'A sign-in card goes to the branch group.'),
        as: secretary,
        chat: 'private',
        done: [{ on: 'pressed', button: 'start_meeting' }],
      },
      {
        key: 'present',
        title: say('让其他人签到、写自评', 'Let the others sign in and write their self-reviews'),
        more: say(
          '他们会像真人一样点自己的卡片。到会人数够了才能投票。',
          'They press their own cards. Voting needs a quorum.',
        ),
        done: [{ on: 'others' }],
      },
      {
        key: 'ballot',
        title: say('走完议程，发放选票', 'Go through the agenda, then send the ballots'),
        more: say(
          '每完成一项点一次，最后点“发放选票”。别忘了自己签到。',
          'One press an item, then “start ballot”. Do not forget to sign in yourself.',
        ),
        as: secretary,
        chat: 'private',
        done: [{ on: 'pressed', button: 'start_ballot' }],
      },
      {
        key: 'member',
        title: say('换成一名党员，看看自己要做什么', 'Become a member and see what they owe'),
        as: member,
        chat: 'private',
        type: '/me',
        done: [{ on: 'typed', words: ['/me', '/我的'] }],
      },
      {
        key: 'cast',
        title: say('填选票，核对后投出', 'Fill in the ballot, check it and cast it'),
        more: say(
          '每页一人、十颗星。找不到选票就发 /ballot。',
          'One person and ten stars a page. No ballot in sight? Send /ballot.',
        ),
        as: member,
        chat: 'private',
        type: '/ballot',
        done: [{ on: 'pressed', button: 'ballot_cast' }],
      },
      {
        key: 'others',
        title: say('让其他人投票', 'Let the others vote'),
        done: [{ on: 'others' }],
      },
      {
        key: 'close',
        title: say('换回书记，结束投票，确认并公布', 'Secretary again: close, confirm, publish'),
        more: say(
          '发 /review 取最新的控制台，依次点到“公布结果”。',
          'Send /review for a fresh console and press on to “publish results”.',
        ),
        as: secretary,
        chat: 'private',
        type: '/review',
        done: [{ on: 'pressed', button: 'publish_results' }],
      },
      {
        key: 'result',
        title: say('看支部群里的结果', 'Read the result in the branch group'),
        chat: branchChat,
        done: [{ on: 'opened' }],
      },
      {
        key: 'league',
        title: say('看片区群里的喜报与排行', 'See the district group'),
        more: say('片区群只有数字，没有姓名。', 'The district sees numbers, never names.'),
        chat: districtChat,
        done: [{ on: 'opened' }],
      },
    ],
  };
}
