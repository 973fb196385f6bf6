import { no, type Verdict, yes } from './verdict.ts';

/** What no criterion may be about (F2). */
export const TOPICS = [
  'religion',
  'belief',
  'ethnicity',
  'origin',
  'family',
  'private_life',
  'health',
  'home_visits',
  'petitions',
  'private_communications',
] as const;
export type Topic = (typeof TOPICS)[number];

/** Words that give a topic away. Home visits stand before family, so that "visits to families" is named for what it is. */
const WORDS: readonly (readonly [Topic, RegExp, RegExp])[] = [
  [
    'religion',
    /宗教|信教|教徒|教派|寺庙|寺院|教堂|清真寺|佛教|道教|伊斯兰|基督|天主教|礼拜|祈祷|拜佛|烧香|封建迷信/u,
    /\b(religio\w*|church\w*|mosques?|temples?|buddhis\w*|taois\w*|daois\w*|islam\w*|muslims?|christian\w*|catholic\w*|pray(s|ed|ers?|ing)?|worship\w*|superstiti\w*)\b/i,
  ],
  [
    'belief',
    /信仰|信念|世界观|思想倾向|政治倾向|内心/u,
    /\b(beliefs?|believ\w+|faiths?|creeds?|convictions|world ?views?|ideolog\w*)\b/i,
  ],
  [
    'ethnicity',
    /(?<!中华)民族|族别|族裔|种族|汉族|回族|藏族|维吾尔/u,
    /\b(ethnic\w*|race|racial|nationalit(y|ies)|minorit(y|ies)|tribes?|tribal)\b/i,
  ],
  [
    'origin',
    /籍贯|户籍|户口|祖籍|老家|出生地|出身|本地人|外地人|同乡|老乡/u,
    /\b(places? of (origin|birth)|birthplaces?|home ?towns?|native (places?|of)|household registration|hukou|natives|outsiders)\b/i,
  ],
  [
    'home_visits',
    /家访|入户|住户|驻户|登门|上门走访|上门看望|走访家庭|到家中|住到.{0,6}家/u,
    /\b(home visits?|house visits?|visit(s|ed|ing)? (to )?(the |their |his |her )?(homes?|houses?|households?|famil(y|ies))|door[- ]to[- ]door)\b/i,
  ],
  [
    'family',
    /家庭|家人|家属|家风|配偶|爱人|丈夫|妻子|子女|孩子|父母|亲属|亲戚|婚姻|结婚|离婚|恋爱|生育|二胎|计划生育/u,
    /\b(famil(y|ies)|spouses?|husbands?|wi(fe|ves)|child(ren)?|parents?|relatives|marriages?|married|marital|divorc\w*|birth control)\b/i,
  ],
  [
    'private_life',
    /私生活|个人生活|生活作风|生活习惯|社交圈|生活圈|朋友圈子|交友|八小时(以)?外|8小时(以)?外|业余时间|下班后|休息时间|消费习惯|饮酒|打麻将/u,
    /\b(private (li(fe|ves)|matters?|affairs?)|personal (li(fe|ves)|habits?)|lifestyles?|off[- ]duty|after (work|hours)|outside working hours|spare time|leisure|friends|social circles?|drinking|gambling)\b/i,
  ],
  [
    'health',
    /健康状况|身体健康|心理健康|身心健康|身体状况|身体素质|疾病|患病|生病|病史|病假|体检|残疾|怀孕|孕期|体重/u,
    /\b(health|illness(es)?|ill|sick\w*|diseases?|medical|disabilit(y|ies)|disabled|pregnan\w*|body weight|diagnos\w*)\b/i,
  ],
  [
    'petitions',
    /信访|上访|访民|请愿|控告|申诉次数|(提出|个人|本人|曾|被|有无|是否|不)投诉|投诉(次数|记录|过|他人|单位|领导)|举报(次数|记录|过|他人|单位|领导)|(提出|个人|本人|曾|有无|是否|不)举报/u,
    /\b(petition\w*|complaints? (made|filed|lodged|against|by)|(made|makes?|making|files?|filed|filing|lodg\w+) (a |any |no )?complaints?|complain(s|ed|ing)?|whistle ?blow\w*)\b/i,
  ],
  [
    'private_communications',
    /聊天(记录|内容)|微信聊天|私聊|私信|朋友圈|通话记录|短信(内容|记录)|私人(通信|通讯|邮件)|个人(微信|微博|手机|社交)|社交(媒体|账号)|网上言论|网络言论|上网记录|手机检查/u,
    /\b(private (messages?|chats?|e-?mails?|communications?|calls?|letters?)|chat (logs?|histor(y|ies)|records?)|personal (phones?|accounts?|messages?|e-?mails?)|call (logs?|records?)|social media|browsing|online (speech|posts?|remarks?))\b/i,
  ],
];

interface Bilingual {
  zh: string;
  en: string;
}
/** For each topic its name, and a neutral wording about conduct or results at work that an author may start from. */
export const NEUTRAL_WORDING: Readonly<Record<Topic, { topic: Bilingual; suggestion: Bilingual }>> = {
  religion: {
    topic: { zh: '宗教', en: 'religion' },
    suggestion: {
      zh: '按时参加本单位组织的学习和会议',
      en: 'Attends the study sessions and meetings of the unit on time',
    },
  },
  belief: {
    topic: { zh: '个人信仰与内心看法', en: 'personal belief' },
    suggestion: { zh: '参加理论学习并完成学习任务', en: 'Takes part in the planned study and completes its tasks' },
  },
  ethnicity: {
    topic: { zh: '民族身份', en: 'ethnicity' },
    suggestion: { zh: '对所有服务对象一视同仁', en: 'Serves everybody by the same rules' },
  },
  origin: {
    topic: { zh: '籍贯与出身', en: 'place of origin' },
    suggestion: {
      zh: '与不同科室的同事配合完成任务',
      en: 'Completes tasks together with colleagues of other sections',
    },
  },
  family: {
    topic: { zh: '家庭情况', en: 'family' },
    suggestion: { zh: '办理公务时按规定主动回避', en: 'Steps aside from official business where the rules require it' },
  },
  private_life: {
    topic: { zh: '私人生活', en: 'private life' },
    suggestion: { zh: '工作时间遵守考勤和值班规定', en: 'Keeps the rules on attendance and duty during working time' },
  },
  health: {
    topic: { zh: '健康状况', en: 'health' },
    suggestion: { zh: '承担的任务按期完成', en: 'Completes the tasks taken on by their due dates' },
  },
  home_visits: {
    topic: { zh: '入户走访', en: 'home visits' },
    suggestion: { zh: '在服务窗口按时办结受理事项', en: 'Settles matters received at the service window on time' },
  },
  petitions: {
    topic: { zh: '个人信访与投诉', en: 'petitions or complaints a person made' },
    suggestion: { zh: '对收到的意见建议按时答复', en: 'Answers the suggestions received on time' },
  },
  private_communications: {
    topic: { zh: '私人通信', en: 'private communications' },
    suggestion: { zh: '工作信息按规定的渠道报送', en: 'Reports work information through the prescribed channels' },
  },
};

/** Undoes what hides a word: full-width letters, and blanks or ornaments between Chinese characters. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/(?<=\p{Script=Han})[\s·.*_\-\u200b-\u200d]+(?=\p{Script=Han})/gu, '');
}

/**
 * Says whether a criterion, item or question may be asked: it must describe conduct or results at work (F2). A no names the
 * topic; `NEUTRAL_WORDING` has a sentence for it. Texts are judged by words, so a person still reads what passes.
 */
export function checkCriterion(text: string): Verdict<void, Topic> {
  const joined = plain(text);
  const spaced = text.normalize('NFKC');
  for (const [topic, zh, en] of WORDS) {
    if (zh.test(joined) || en.test(spaced)) return no(topic);
  }
  return yes(undefined);
}

/** A sentence for each language of a text in a file that may not be asked: where it stands, why not, and a neutral wording (F2). */
export const criterionProblems = (place: string, text: Bilingual): string[] =>
  (['zh', 'en'] as const).flatMap((language) => {
    const verdict = checkCriterion(text[language]);
    if (verdict.ok) return [];
    const { topic, suggestion } = NEUTRAL_WORDING[verdict.reason];
    return [
      `${place}.${language} is about ${topic.en}, which is no matter of the appraisal; write for example: ${suggestion[language]}`,
    ];
  });
