/** A card as a text message of the robot: no markup, so nothing in it can be taken for some. */
import type { Card } from '../../card.ts';
import { plainText } from '../../plain-text.ts';
import type { RobotMessage } from './client.ts';
import { MESSAGE_PARAM_MAX_BYTES } from './limits.ts';

const CUT = '\n……';

export function textMessage(card: Card): RobotMessage {
  const text = plainText(card);
  return { msgKey: 'sampleText', msgParam: { content: fits(text) ? text : cut(text) } };
}

const fits = (content: string): boolean => Buffer.byteLength(JSON.stringify({ content })) <= MESSAGE_PARAM_MAX_BYTES;

/** The end stays, where links and what to type stand; lines of the middle go. */
function cut(text: string): string {
  const lines = text.split('\n');
  const keep = Math.min(4, lines.length);
  const end = lines.slice(-keep).join('\n');
  let head = '';
  for (const line of lines.slice(0, -keep)) {
    if (!fits(`${head}\n${line}${CUT}\n${end}`)) break;
    head = head === '' ? line : `${head}\n${line}`;
  }
  return `${head}${CUT}\n${end}`;
}
