/** What a newcomer is told to try first: one review of one branch, from the sign-in to the district chat. */
import { TenstarError } from '../errors.ts';
import type { GuideOrder } from '../playground/guide.ts';
import type { City } from './city.ts';

/** The branch whose review the demo opens. */
export const DEMO_BRANCH = 'B001';

export interface Part {
  name: string;
  mobile: string;
}
export interface Cast {
  secretary: Part;
  member: Part;
  liaison: Part;
}

/** The people of the story; every made-up city has them. */
export function castOf(city: City): Cast {
  const district = city.branches.find((branch) => branch.code === DEMO_BRANCH)?.districtCode ?? '';
  const inBranch = city.people.filter((person) => person.branch === DEMO_BRANCH);
  const secretary = inBranch.find((person) => person.roles.some(({ role }) => role === 'secretary'));
  const member = inBranch.find((person) => person.status === 'full' && person.roles.length === 0);
  const liaison = city.people.find((person) =>
    person.roles.some(({ role, scope }) => role === 'liaison' && scope === district),
  );
  const part = (person: { name: string; mobile: string | null } | undefined): Part => {
    if (!person || person.mobile === null) throw new TenstarError('bug', 'The made-up city lacks a part of the story.');
    return { name: person.name, mobile: person.mobile };
  };
  return { secretary: part(secretary), member: part(member), liaison: part(liaison) };
}

export function guideOf(city: City): GuideOrder {
  const { secretary, member, liaison } = castOf(city);
  const branchChat = `branch:${DEMO_BRANCH}`;
  const districtChat = `district:${city.branches.find((branch) => branch.code === DEMO_BRANCH)?.districtCode ?? ''}`;
  return {
    chair: secretary.mobile,
    people: [
      {
        mobile: secretary.mobile,
        why: { zh: '支部书记：主持评议，看下一步', en: 'Secretary: runs the review, sees the next step' },
      },
      { mobile: member.mobile, why: { zh: '普通党员：自评、签到、投票', en: 'Member: self-review, sign-in, ballot' } },
      { mobile: liaison.mobile, why: { zh: '片区联络员：看结果和排行', en: 'Liaison officer: results and league' } },
    ],
    steps: [
      {
        key: 'member',
        title: { zh: `先当党员：选“${member.name}”`, en: `Be a member first: choose ${member.name}` },
        more: {
          zh: '支部刚开启了季度评议，机器人私信发来了自评表。',
          en: 'The branch has just opened its quarterly review; the bot has sent a self-review form.',
        },
        as: member.mobile,
        chat: 'private',
        done: [{ on: 'person' }],
      },
      {
        key: 'self_review',
        title: { zh: '填写自评并提交', en: 'Fill in the self-review and submit it' },
        more: {
          zh: '十颗星各选一个分数，再写三句话；漏填了，机器人会说漏了什么，填好的不会丢。',
          en: 'Choose a mark for each of ten stars and write three sentences. If something is missing the bot says what, and nothing you filled in is lost.',
        },
        as: member.mobile,
        chat: 'private',
        done: [{ on: 'pressed', button: 'submit' }],
      },
      {
        key: 'prepare',
        title: { zh: '让其他人自评、提意见', en: 'Let the others file their self-reviews and opinions' },
        more: {
          zh: '点“其他人行动”，他们各自答复自己的卡片。',
          en: 'Press "Let the others act": each answers the cards of their own.',
        },
        as: member.mobile,
        chat: 'private',
        done: [{ on: 'others' }],
      },
      {
        key: 'secretary',
        title: {
          zh: `换成书记“${secretary.name}”，发送 /评议`,
          en: `Now be ${secretary.name}, the secretary, and send /review`,
        },
        more: {
          zh: '控制台只显示现在能做的那一步。点“开始会议”，支部群里会出现签到卡。',
          en: 'The console shows the one step that is possible now. Press "Start meeting": a sign-in card appears in the branch chat.',
        },
        as: secretary.mobile,
        chat: 'private',
        type: '/评议',
        done: [{ on: 'pressed', button: 'start_meeting' }],
      },
      {
        key: 'sign_in',
        title: {
          zh: `再当“${member.name}”，到支部群签到`,
          en: `Be ${member.name} again and sign in in the branch chat`,
        },
        more: {
          zh: '点“我已到会，签到”，再点“其他人行动”。',
          en: 'Press the button of the sign-in card, then "Let the others act".',
        },
        as: member.mobile,
        chat: branchChat,
        done: [{ on: 'others' }],
      },
      {
        key: 'ballot',
        title: {
          zh: '当书记：逐项完成议程，发放测评票',
          en: 'As secretary: tick the agenda off and hand out the ballots',
        },
        more: {
          zh: '议程五项逐一点完，人数够了，才会出现“发放测评票”。',
          en: 'Only after the five items are ticked, and with a quorum, can the ballots be handed out.',
        },
        as: secretary.mobile,
        chat: 'private',
        type: '/评议',
        done: [{ on: 'pressed', button: 'start_ballot' }],
      },
      {
        key: 'cast',
        title: { zh: `再当“${member.name}”，投出测评票`, en: `Be ${member.name} again and cast the ballot` },
        more: {
          zh: '一页一个人，可以选“不了解”，检查后投出，记下回执码。',
          en: 'One person a page, "don\'t know" is allowed; check, cast, and note the receipt code.',
        },
        as: member.mobile,
        chat: 'private',
        type: '/投票',
        done: [{ on: 'pressed', button: 'ballot_cast' }],
      },
      {
        key: 'others',
        title: { zh: '让其他人投票', en: 'Let the others vote' },
        as: member.mobile,
        chat: 'private',
        done: [{ on: 'others' }],
      },
      {
        key: 'close',
        title: { zh: '当书记：关闭投票、确认、公布', en: 'As secretary: close, confirm, publish' },
        more: {
          zh: '关闭时在内存里计票，之后谁也打不开原始测评票。',
          en: 'The count happens in memory at the close; nobody can open the ballots after it.',
        },
        as: secretary.mobile,
        chat: 'private',
        type: '/评议',
        done: [{ on: 'pressed', button: 'publish_results' }],
      },
      {
        key: 'district',
        title: {
          zh: `当联络员“${liaison.name}”，打开片区群`,
          en: `Be ${liaison.name}, the liaison officer, and open the district chat`,
        },
        more: {
          zh: '结果已经到了，只有颗数，没有姓名。再 @机器人 发送 /排行，看支部排行。',
          en: 'The result is there: numbers of stars, no names. Then mention the bot with /league for the table of branches.',
        },
        as: liaison.mobile,
        chat: districtChat,
        done: [{ on: 'opened' }, { on: 'typed', words: ['/league', '/排行'] }],
      },
    ],
  };
}
