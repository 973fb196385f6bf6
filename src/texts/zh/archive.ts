/** `tenstar year export` 与 `tenstar year import` 的输出。 */
export const archive = {
  made: '{{year}} 年已写入 {{file}}，共 {{n}} 行。其中有姓名、得分和自评，请按同样的要求保管。',
  sha256: 'SHA-256：{{sha256}}',
  unfinished: '{{n}} 次评议尚未结束，不在文件中；结束后请重新导出。',
  would:
    '{{year}} 年：将新增 {{added}} 行；已有且相同 {{same}} 行；名册和规则版本与本地不同、保留本地 {{kept}} 行。未做任何改动。',
  taken:
    '{{year}} 年已导入：新增 {{added}} 行；已有且相同 {{same}} 行；名册和规则版本与本地不同、保留本地 {{kept}} 行。',
} as const;
