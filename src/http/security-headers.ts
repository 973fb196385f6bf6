import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Headers of pages for people: nothing may be loaded, run, framed or sent, but the one style sheet inside the page.
 * @param style the text of the page's `<style>`, exactly as it stands there
 * @param publicUrl where people reach the page; only an https address may ask browsers to stay with https
 * @param forms `own`: the page has forms, which are sent back here and nowhere else
 */
export function pageHeaders(style: string, publicUrl: string, forms: 'none' | 'own' = 'none'): MiddlewareHandler {
  const hash = createHash('sha256').update(style).digest('base64');
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [`'sha256-${hash}'`],
      baseUri: ["'none'"],
      formAction: [forms === 'own' ? "'self'" : "'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer', // the address of a board or a ballot is its key
    strictTransportSecurity: publicUrl.startsWith('https:') ? 'max-age=15552000' : false,
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
  });
}
