/** `tenstar backup` 与 `tenstar restore` 的输出。 */
export const backup = {
  made: '备份已写好并核对：{{file}}（{{size}}）',
  sha256: 'SHA-256：{{sha256}}',
  no_keys: '备份里没有测评票密钥（KEYS_DIR）。密钥请另存别处，切勿与备份放在一起。',
  boxes: '其中有 {{n}} 个密封票箱，目前的密钥仍可打开：备份请按机密保管。',
  last: '备份中最后一条操作记录：{{at}}；此后的一切都不在其中。',
  last_none: '备份中没有操作记录。',
  pending: '启动时将应用 {{n}} 个数据库升级。',
  trail_broken: '备份中的操作记录链不完整：恢复后请运行 tenstar audit verify，并与其他备份对照。',
  waiting: '其中有 {{n}} 条待发消息，启动后会发出；备份之后已经发过的，会再收到一次。',
  without_key: '下列密封票箱的密钥不在 KEYS_DIR 中，无法再打开：',
  purpose: { working: '投票', recount: '复核', opinions: '意见' },
  box: '{{branch}} {{period}}（{{purpose}}）',
  keys_without_box:
    'KEYS_DIR 中有 {{n}} 个密钥在备份里没有对应的票箱，下次启动时会被销毁。以后可能换回现在的数据库的话，请先另存这些密钥。',
  bot_runs: '机器人正在运行：恢复前请先停止。',
  could: '可以恢复。未做任何改动。',
  done: '已恢复：{{file}}',
  kept: '原数据库保存在：{{file}}',
  kept_raw: '原数据库无法读取，原样保存在：{{file}}',
  kept_none: '原来没有数据库。',
  start: '现在可以启动机器人。',
} as const;
