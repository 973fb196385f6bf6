/** Files and images (platform/lark.md §4.7). */
import { Hono } from 'hono';
import { FILE_MAX_BYTES, IMAGE_MAX_BYTES } from '../../platform/lark/limits.ts';
import type { Context } from '../context.ts';
import { type Call, type Env, fail, ok, type Refusal, refuse } from './answer.ts';

const FILE_TYPES = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']);
const IMAGE_TYPES = new Set(['message', 'avatar']);
/** First bytes of JPG, PNG, GIF, WEBP/RIFF, BMP, ICO, TIFF. */
const IMAGE_STARTS = ['ffd8ff', '89504e47', '47494638', '52494646', '424d', '00000100', '49492a00', '4d4d002a'];

export function uploadRoutes({ world }: Context): Hono<Env> {
  return new Hono<Env>()
    .post('/open-apis/im/v1/files', async (c) => {
      const form = await readForm(c);
      const name = textField(form, 'file_name');
      const type = textField(form, 'file_type');
      const file = form?.get('file');
      if (!(file instanceof File) || name === '' || !FILE_TYPES.has(type)) {
        return fail(c, refuse(234001, 'invalid request parameters'));
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const wrong = sizeRefusal(bytes, FILE_MAX_BYTES);
      if (wrong) return fail(c, wrong);
      const key = world.newId('file');
      world.files.set(key, { key, kind: 'file', name, type: type, bytes });
      return ok(c, { file_key: key });
    })
    .post('/open-apis/im/v1/images', async (c) => {
      const form = await readForm(c);
      const type = textField(form, 'image_type');
      const image = form?.get('image');
      if (!(image instanceof File) || !IMAGE_TYPES.has(type)) {
        return fail(c, refuse(234001, 'invalid request parameters'));
      }
      const bytes = new Uint8Array(await image.arrayBuffer());
      const wrong = sizeRefusal(bytes, IMAGE_MAX_BYTES);
      if (wrong) return fail(c, wrong);
      const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
      if (!IMAGE_STARTS.some((known) => start.startsWith(known))) {
        return fail(c, refuse(234011, 'the image format is not supported'));
      }
      const key = world.newId('img');
      world.files.set(key, { key, kind: 'image', name: image.name, type: type, bytes });
      return ok(c, { image_key: key });
    });
}

async function readForm(c: Call): Promise<FormData | null> {
  try {
    return await c.req.formData();
  } catch {
    return null; // not multipart
  }
}

function sizeRefusal(bytes: Uint8Array, most: number): Refusal | null {
  if (bytes.length === 0) return refuse(234010, 'the file is empty');
  return bytes.length > most ? refuse(234006, `the file is larger than ${most} bytes`) : null;
}

const textField = (form: FormData | null, name: string): string => {
  const value = form?.get(name);
  return typeof value === 'string' ? value : '';
};
