/** What `doctor` itself asks of a platform that counts by the month belongs to that month's count. */
import type { PlatformProbe, ProbeAnswer } from '../../platform/probe.ts';

/** Looking somebody up and fetching a token are free; each of the others is a call (platform/dingtalk.md §3.9). */
export function countCalls(probe: PlatformProbe, count: () => void): PlatformProbe {
  if (probe.budget === undefined) return probe;
  async function counted<T>(asked: Promise<ProbeAnswer<T>>): Promise<ProbeAnswer<T>> {
    const answer = await asked;
    // Refused for its rate it is not counted there either; without a template nobody is asked.
    if (answer.ok || (answer.reason !== 'busy' && answer.code !== 'no template')) count();
    return answer;
  }
  return {
    ...probe,
    bot: () => counted(probe.bot()),
    send: () => counted(probe.send()),
    upload: () => counted(probe.upload()),
  };
}
