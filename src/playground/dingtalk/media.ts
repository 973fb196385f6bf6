/** Uploads (platform/dingtalk.md §3.5). */
import { Hono } from 'hono';
import { extname } from 'node:path';
import { FILE_MAX_BYTES, IMAGE_MAX_BYTES } from '../../platform/dingtalk/limits.ts';
import type { Context } from '../context.ts';
import type { Env } from '../feishu/answer.ts';
import { failOld, okOld } from './answer.ts';

const KINDS = {
  file: { most: FILE_MAX_BYTES, types: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'] },
  image: { most: IMAGE_MAX_BYTES, types: ['jpg', 'jpeg', 'gif', 'png', 'bmp'] },
} as const;
const isKind = (type: unknown): type is keyof typeof KINDS => type === 'file' || type === 'image';

export function mediaRoutes({ clock, world }: Context): Hono<Env> {
  return new Hono<Env>().post('/media/upload', async (c) => {
    const form = await c.req.formData().catch(() => null);
    const type = form?.get('type');
    const media = form?.get('media');
    if (!isKind(type)) return failOld(c, 40004, 'invalid media type');
    if (!(media instanceof File) || media.size === 0) return failOld(c, 41005, 'missing media');
    const { most, types } = KINDS[type];
    const ending = extname(media.name).slice(1).toLowerCase();
    if (!types.some((known) => known === ending)) return failOld(c, 40005, `files of the type ${ending} are not taken`);
    if (media.size > most) return failOld(c, 40009, `the file is larger than ${most} bytes`);
    const key = `@l${world.newId('ev')}`;
    const bytes = new Uint8Array(await media.arrayBuffer());
    world.files.set(key, { key, kind: type, name: media.name, type: ending, bytes });
    return okOld(c, { media_id: key, created_at: clock.now(), type });
  });
}
