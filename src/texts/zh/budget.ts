/** What a platform counts by the month. Secretaries and the office read it: sending is what we call, receiving is what comes to us. */
export const budget = {
  what: { budget_watch: '平台的月度额度预计不够时，提醒工委办公室（每月一次）' },
  platform: { lark: '飞书', dingtalk: '钉钉' },
  title: '{{platform}}本月额度可能不够',
  used: '{{platform}}本月额度：已发送 {{calls}} / {{callsPlan}} 次，已接收 {{pushes}} / {{pushesPlan}} 次',
  ahead: '到月底预计还需发送 {{calls}} 次、接收 {{pushes}} 次。',
  ahead_short: '到月底预计还需发送 {{calls}} 次、接收 {{pushes}} 次，可能不够用。',
  advice:
    '额度用完后，机器人在{{platform}}上收发会停下来，到下月恢复。可请企业管理员购买更大的套餐，或把一部分支部的评议错开到下月。',
  review:
    '{{platform}}额度：本次评议约还需发送 {{calls}} 次、接收 {{pushes}} 次，本月还剩 {{callsLeft}} 次、{{pushesLeft}} 次。',
  review_short:
    '{{platform}}额度可能不够：本次评议约还需发送 {{calls}} 次、接收 {{pushes}} 次，本月只剩 {{callsLeft}} 次、{{pushesLeft}} 次。可以继续；请告诉工委办公室。',
  first_short:
    '{{platform}}额度可能不够：这次评议约需发送 {{calls}} 次、接收 {{pushes}} 次，本月只剩 {{callsLeft}} 次、{{pushesLeft}} 次。',
  open_title: '开启{{period}}评议？',
  open_choice: '评议还没有开启。可以先与工委办公室商量，错开到下月再开；也可以现在开启。',
  open_anyway: '仍然开启',
  open_typed: '仍然开启，请发送 /评议 开启 {{period}} 是。',
  next: '{{platform}}额度：再开一次评议约需发送 {{calls}} 次、接收 {{pushes}} 次，本月还剩 {{callsLeft}} 次、{{pushesLeft}} 次。',
} as const;
