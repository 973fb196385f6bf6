/** What a robot message may hold, by its key (platform/dingtalk.md §3.2). All parameters are strings. */
import { FILE_TYPES, MESSAGE_PARAM_MAX_BYTES } from '../../platform/dingtalk/limits.ts';
import type { StoredFile, World } from '../world.ts';
import { type Refused, refuse } from './answer.ts';

export interface Content {
  text: string | null;
  file: StoredFile | null;
}

const titled = ['title', 'text'];
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => [`actionTitle${index + 1}`, `actionURL${index + 1}`]).flat();
const KEYS: Readonly<Record<string, readonly string[]>> = {
  sampleText: ['content'],
  sampleMarkdown: titled,
  sampleImageMsg: ['photoURL'],
  sampleLink: [...titled, 'picUrl', 'messageUrl'],
  sampleActionCard: [...titled, 'singleTitle', 'singleURL'],
  sampleActionCard2: [...titled, ...numbered(2)],
  sampleActionCard3: [...titled, ...numbered(3)],
  sampleActionCard4: [...titled, ...numbered(4)],
  sampleActionCard5: [...titled, ...numbered(5)],
  sampleActionCard6: [...titled, 'buttonTitle1', 'buttonUrl1', 'buttonTitle2', 'buttonUrl2'],
  sampleFile: ['mediaId', 'fileName', 'fileType'],
};

export function readMessage(
  { files }: Pick<World, 'files'>,
  msgKey: string,
  msgParam: string,
  unsafe: string,
): Content | Refused {
  const keys = KEYS[msgKey];
  if (keys === undefined) return refuse('invalidParameter.msgKey.invalid', `${msgKey} is not a key of this robot`);
  if (Buffer.byteLength(msgParam) > MESSAGE_PARAM_MAX_BYTES) {
    return refuse('invalidParameter.msgParam.tooLong', `msgParam has more than ${MESSAGE_PARAM_MAX_BYTES} bytes`);
  }
  const params = objectOf(msgParam);
  if (params === null) return refuse('invalidParameter.msgParam.invalid', 'msgParam is not JSON of an object');
  for (const key of keys) {
    const value = params[key];
    if (typeof value !== 'string' || value === '') return refuse(`miss.param.${key}`, `${key} must be a string`);
  }
  const param = (key: string) => String((params[key] as string | undefined) ?? '');
  if (unsafe !== '' && msgParam.includes(unsafe)) return refuse('contain.illegal.words', 'the content is not allowed');
  switch (msgKey) {
    case 'sampleText':
      return { text: param('content'), file: null };
    case 'sampleFile': {
      const file = files.get(param('mediaId'));
      if (file?.kind !== 'file') return refuse('resource.not.found', 'there is no such upload');
      if (!FILE_TYPES.includes(param('fileType'))) {
        return refuse('invalidParameter.fileType.invalid', `fileType is one of ${FILE_TYPES.join(', ')}`);
      }
      return { text: null, file: { ...file, name: param('fileName') } };
    }
    case 'sampleImageMsg': {
      const file = files.get(param('photoURL'));
      if (file?.kind === 'image') return { text: null, file };
      return param('photoURL').startsWith('https://')
        ? { text: param('photoURL'), file: null }
        : refuse('invalidParameter.photoURL.invalid', 'photoURL is neither an address nor an upload');
    }
    default:
      return { text: textOf(keys, param), file: null };
  }
}

/** Title, text, then a line for each link. */
function textOf(keys: readonly string[], param: (key: string) => string): string {
  const links = keys.filter((key) => /url\d?$/i.test(key) && key !== 'picUrl').map(param);
  return [param('title'), param('text'), ...links].join('\n');
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
