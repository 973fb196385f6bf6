/**
 * What the playground server sends, as far as the page relies on it. Everything is read defensively: a field that is missing
 * is shown as nothing, never as an exception.
 *
 * @typedef {'lark' | 'dingtalk'} Platform
 * @typedef {{ id: string, name: string, mobile?: string, note?: string, platforms?: Platform[] }} Person
 * @typedef {{ chat_id: string, name: string, type: 'p2p' | 'group', platform?: Platform, unread?: number, last?: { text?: string, at?: number } | null }} Chat
 * @typedef {{
 *   message_id: string,
 *   sender: { kind: 'user' | 'bot', name: string, id?: string },
 *   msg_type: string,
 *   text?: string,
 *   card?: CardJson,
 *   file?: { name: string, url: string, size?: number },
 *   created: number,
 *   updated?: number,
 * }} Message
 * @typedef {{ type: string, content: string, i18n?: Record<string, string> }} ToastJson
 * @typedef {{ code?: number, toast?: ToastJson, card?: CardJson, blocked?: string[], refused?: string, detail?: string }} ClickAnswer
 * @typedef {{ delivered?: boolean, status?: number | string, reason?: string }} TypeAnswer
 *
 * @typedef {{ tag?: string, content?: string, i18n_content?: Record<string, string> }} TextJson
 * @typedef {Record<string, any> & { tag: string }} ElementJson a component of card JSON 2.0
 * @typedef {{
 *   schema?: string,
 *   config?: Record<string, any>,
 *   header?: Record<string, any>,
 *   body?: Record<string, any>,
 *   card_link?: Record<string, any>,
 * }} CardJson
 *
 * @typedef {{ zh: string, en: string }} Sentence
 * @typedef {{ on: 'person' } | { on: 'typed', words: string[] } | { on: 'pressed', button: string } | { on: 'others' } | { on: 'opened' }} DoneJson
 * @typedef {{ key: string, title: Sentence, more?: Sentence, as?: string, chat?: string, type?: string, done: DoneJson[] }} StepJson
 * `as` is a person, `chat` is `private` or a group, `type` a command the step may send
 * @typedef {{ name: string, zh: string, about: Sentence }} CommandJson `/help`, `/帮助` and what it is for
 * @typedef {{ people: { id: string, why: Sentence }[], chair?: string, commands: CommandJson[], steps: StepJson[] }} GuideJson
 *
 * @typedef {{ name: string, form?: Record<string, unknown>, option?: string, options?: string[], checked?: boolean, input_value?: string }} Click
 */
export {};
