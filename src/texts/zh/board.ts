/** The published stars as a web page. */
export const board = {
  none_title: '星榜打不开',
  expired: '这个链接已过期。请打开群里较新的结果消息，或向支部书记索取新链接。',
  unknown: '没有这个星榜：链接不完整，或结果尚未公布。请从群里的结果消息重新打开。',
} as const;
