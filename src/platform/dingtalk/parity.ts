/**
 * What DingTalk cannot show or do as Feishu does, and what a person gets instead. README's table of differences is this list, and
 * test/platform/dingtalk/parity.test.ts names the test of each.
 */
export interface Exception {
  /** What Feishu does. */
  what: { zh: string; en: string };
  instead: { zh: string; en: string };
}

export const PARITY = {
  radar_as_bars: {
    what: { zh: '雷达图', en: 'radar charts' },
    instead: { zh: '柱形图，系列并排', en: 'bar charts with the series side by side' },
  },
  chart_as_lines: {
    what: { zh: '点很多的图表（超过 3 KB）', en: 'charts of very many points (over 3 KB)' },
    instead: { zh: '每点一行文字条形', en: 'one bar of text a point' },
  },
  table_in_parts: {
    what: { zh: '任意行数的表格', en: 'tables of any number of rows' },
    instead: { zh: '每 20 行或 3 KB 一个表格，依次排列', en: 'one table for every 20 rows or 3 KB, below each other' },
  },
  choice_as_text: {
    what: { zh: '十项以上打分用下拉选择', en: 'ten drop-downs of marks on a page' },
    instead: {
      zh: '输入 0 至 10 或 x（不了解），由服务器检查',
      en: '0 to 10 or x (do not know) is typed and checked by the server',
    },
  },
  form_text_as_field: {
    what: { zh: '表单中的说明文字', en: 'text between the fields of a form' },
    instead: {
      zh: '短的写在下一项的名称前，长的用只读文本框',
      en: 'short text stands before the next label, long text in a read-only box',
    },
  },
  hint_above_form: {
    what: { zh: '选项下的灰色提示', en: 'grey hints under a field' },
    instead: { zh: '表单上方的提示行', en: 'lines above the form' },
  },
  forms_merged: {
    what: { zh: '一张卡片上有多个表单', en: 'several forms on one card' },
    instead: { zh: '合成一个表单，各自的按钮', en: 'one form with the buttons of all' },
  },
  form_dialog_as_line: {
    what: { zh: '提交表单前弹出确认', en: 'a dialog before a form is submitted' },
    instead: { zh: '表单上方的一行提醒，点按钮即提交', en: 'a line above the form; the button submits at once' },
  },
  long_card_cut: {
    what: { zh: '30 KB 以内的长文', en: 'long texts up to 30 KB' },
    instead: { zh: '超出十段的部分以“……”代替', en: 'what does not fit into ten sections is replaced by "……"' },
  },
  toast_in_card: {
    what: { zh: '点击后的浮动提示', en: 'a toast after a click' },
    instead: {
      zh: '卡片标题下的一行字，客户端支持时也有浮动提示',
      en: 'a line under the card’s title, and a toast where the client shows one',
    },
  },
  group_update_delayed: {
    what: { zh: '群卡片对所有人即时更新', en: 'group cards change for everybody at once' },
    instead: {
      zh: '点击者即时更新，其他人一分钟内更新（节省调用额度）',
      en: 'at once for who clicked, within a minute for the others (it costs calls)',
    },
  },
  file_as_zip: {
    what: { zh: 'CSV 等任意文件', en: 'files of any kind, such as CSV' },
    instead: {
      zh: '放进 zip 发送；xlsx、pdf、doc、docx、rar、zip 原样发送',
      en: 'inside a zip; xlsx, pdf, doc, docx, rar and zip as they are',
    },
  },
  text_without_template: {
    what: { zh: '不需要准备就能发卡片', en: 'cards without any preparation' },
    instead: {
      zh: '没有导入卡片模板（或已失效）时，消息以文字发送，投票走网页测评票',
      en: 'while the card template is missing, messages come as text and people vote on the web ballot',
    },
  },
  chat_known_by_mention: {
    what: { zh: '机器人进群即有提示', en: 'the bot greets a group it is added to' },
    instead: { zh: '第一次 @ 机器人时才知道这个群', en: 'it learns of a group when it is first mentioned there' },
  },
  chat_lost_late: {
    what: { zh: '机器人被移出群时即时得知', en: 'the bot hears at once that it was removed from a group' },
    instead: {
      zh: '下一条消息发不出去时才得知：这条消息改为单发给每个人，并告知办公室',
      en: 'it notices by the next message that fails: that one goes to everybody in private, and the office is told',
    },
  },
  greeted_by_word: {
    what: { zh: '打开单聊即有问候', en: 'opening the private chat brings a greeting' },
    instead: { zh: '写来第一句话时才回应', en: 'the first thing somebody writes is answered' },
  },
  second_tap_received: {
    what: { zh: '同时点两下，第二下说明现在的状态', en: 'of two taps at once the second is told how things stand' },
    instead: {
      zh: '五秒内相同的第二下只提示“已收到”；两边都只办一次',
      en: 'the second of the same within five seconds hears "received"; on neither is anything done twice',
    },
  },
  length_checked_late: {
    what: { zh: '输入框限制字数', en: 'text boxes stop at their limit' },
    instead: { zh: '提交后由服务器检查', en: 'the server checks when it is submitted' },
  },
} as const satisfies Record<string, Exception>;
