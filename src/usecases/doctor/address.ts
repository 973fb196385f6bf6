/** PUBLIC_URL: whether the platform can reach the bot there (shape), and whether the bot answers there (as seen from here). */
import { isIP } from 'node:net';
import { say, type Translate } from '../../i18n.ts';
import type { ProbeAdvice } from '../../platform/probe.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

const ANSWER_WITHIN_MS = 5_000;
const LOCAL_NAME = /^localhost$|\.(local|internal|lan|localdomain|home\.arpa)$/i;
const PRIVATE_V4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** `local`: this machine or an inner network; `v6`: no address of the fourth version; else fit to be called from outside. */
export function hostKind(hostname: string): 'public' | 'local' | 'v6' {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 6) return host === '::1' || /^(fc|fd|fe80)/i.test(host) ? 'local' : 'v6';
  if (isIP(host) === 4) return PRIVATE_V4.test(host) ? 'local' : 'public';
  return LOCAL_NAME.test(host) || !host.includes('.') ? 'local' : 'public';
}

/** Everything that answers with less than an error, or null when nothing does. */
export type Fetch = (url: string, init: RequestInit) => Promise<{ status: number }>;

type Push = NonNullable<ProbeAdvice['push']>;

/**
 * @param pushes where platforms push to; none when all of them are listened to over a connection of ours
 * @param emulated the platform is an emulator on this machine, which reaches every address we do
 */
export async function examineAddress(
  publicUrl: string,
  pushes: readonly Push[],
  emulated: boolean,
  fetch: Fetch,
  t: Translate,
): Promise<Finding[]> {
  const [first] = pushes;
  const { hostname, protocol } = new URL(publicUrl);
  const kind = hostKind(hostname);
  const findings: Finding[] = [];
  if (!emulated && kind !== 'public') {
    const text = t(kind === 'local' ? 'doctor.address_local' : 'doctor.address_v6', { url: publicUrl });
    findings.push(
      first === undefined
        ? warn('address', text, t('doctor.fix_address_links'))
        : fail('address', text, say(t, first.publicAddress, {})),
    );
  } else if (!emulated && protocol !== 'https:')
    findings.push(warn('address', t('doctor.address_plain', { url: publicUrl }), t('doctor.fix_address_plain')));
  findings.push(...(await reach(publicUrl, pushes, fetch, t)));
  return findings.length > 0 ? findings : [ok('address', t('doctor.address_ok', { url: publicUrl }))];
}

/** Nothing when all is well. An unsigned push must be refused with 401: then it has come as far as the bot. */
async function reach(publicUrl: string, pushes: readonly Push[], fetch: Fetch, t: Translate): Promise<Finding[]> {
  const status = async (path: string, init: RequestInit): Promise<number | null> => {
    try {
      return (
        await fetch(publicUrl + path, { ...init, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
      ).status;
    } catch {
      return null;
    }
  };
  const health = await status('/healthz', {});
  if (health !== 200)
    return [
      warn(
        'address',
        t('doctor.address_silent', { url: publicUrl, status: health ?? t('doctor.no_answer') }),
        t('doctor.fix_address_silent'),
      ),
    ];
  const findings: Finding[] = [];
  for (const { path, pathLeadsElsewhere } of pushes) {
    const answer = await status(path, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    if (answer === 401) continue;
    const text = t('doctor.address_path', { url: `${publicUrl}${path}`, status: answer ?? t('doctor.no_answer') });
    findings.push(warn('address', text, say(t, pathLeadsElsewhere, {})));
  }
  return findings;
}
