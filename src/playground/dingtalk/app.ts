/** The app as its developer console holds it, and what can be made to go wrong only on DingTalk. */
import { z } from 'zod';
import { TEMPLATE_VERSION } from '../../platform/dingtalk/card-data.ts';

const rate = z.number().min(0).max(1);

export const switchesSchema = z.strictObject({
  /** A card is made, but its chat does not take it: the call says 200, the chat's own result says no. */
  space_fails: rate,
  /** A person of a batch is put off (`flowControlledStaffIdList`). */
  flow_controlled: rate,
  /** A click is delivered twice. */
  duplicate_clicks: rate,
  /** Data that a client would not show: refused, so that it is noticed; or taken and left out, as the platform does. */
  hidden: z.enum(['refuse', 'show_nothing']),
  /** The same out-track id again: nothing happens, also in chats the card did not reach; or it is refused. */
  same_track: z.enum(['silent', 'refuse']),
  /** A card delivered where it is already: nothing happens, or it is shown once more. Not documented. */
  same_space: z.enum(['silent', 'again']),
  /** Whether a form's own buttons check the required fields; nobody has confirmed either. */
  required: z.enum(['checked', 'not_checked']),
  /** How a client writes what was typed into a number field. */
  numbers: z.enum(['number', 'string']),
  /** Content with this word in it is refused; empty: nothing is. */
  unsafe_word: z.string(),
  /** The app has no published version: messages lack the sender's user id. */
  unpublished: z.boolean(),
  /** Mentions name no user ids. */
  bare_mentions: z.boolean(),
  /** The month's pushes are used up: messages come without their text, clicks not at all. */
  no_pushes: z.boolean(),
});
export type Switches = z.infer<typeof switchesSchema>;

export const NO_SWITCHES: Switches = {
  space_fails: 0,
  flow_controlled: 0,
  duplicate_clicks: 0,
  hidden: 'refuse',
  same_track: 'silent',
  same_space: 'silent',
  required: 'checked',
  numbers: 'number',
  unsafe_word: '',
  unpublished: false,
  bare_mentions: false,
  no_pushes: false,
};

/** Calls and pushes a month; null: counted, but never used up. */
export const planSchema = z.strictObject({ calls: z.int().min(0), pushes: z.int().min(0) }).nullable();
export type Plan = z.infer<typeof planSchema>;
const publication = z.enum(['published', 'draft']);
/** What was built in the card builder: our file of some version, or something of somebody else. */
const contentSchema = z.union([z.literal('foreign'), z.int().min(1).max(TEMPLATE_VERSION)]);
export type TemplateContent = z.infer<typeof contentSchema>;
/** By id; a word alone is our newest file. */
export const templatesSchema = z.record(
  z.string(),
  z.union([publication, z.strictObject({ state: publication, content: contentSchema })]),
);
export type Templates = z.infer<typeof templatesSchema>;
export const receiveSchema = z.enum(['http', 'stream']);

export interface DingTalkApp {
  /** Also the robot's code. */
  clientId: string;
  clientSecret: string;
  corpId: string;
  templates: Templates;
  /** How the robot receives messages. Clicks go the way each card says. */
  receive: z.infer<typeof receiveSchema>;
  messageUrl: string | null;
  plan: Plan;
  /** How often each call may be made. */
  callsPerSecond: number;
  switches: Switches;
  /** The playground's own address, for links it hands out. */
  base: string;
}
