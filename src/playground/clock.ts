/**
 * The playground's clock. It shows the real time until someone moves it. `speed` scales what the platform counts in time — rate
 * limits and redeliveries — and leaves the time of day alone: at speed 10 there are 50 messages a second where there were 5, and
 * an event comes again after 1.5 s instead of 15 s. Answers are always awaited in real time.
 */
export interface Clock {
  /** Unix ms: moves as real time does, plus every jump. */
  now(): number;
  /** Platform time in ms since the start: real time times speed, plus every jump. Rate limits and redeliveries count in it. */
  ticks(): number;
  readonly speed: number;
  setSpeed(speed: number): void;
  /** Moves both times by `ms` (back only for `now`) and runs what has become due. */
  jump(ms: number): void;
  /** Runs `task` once, `ticks` from now. Returns a function that cancels it. */
  after(ticks: number, task: () => void): () => void;
  stop(): void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createClock(speed = 1, real: () => number = Date.now): Clock {
  let offset = 0;
  let anchor = { real: real(), ticks: 0, speed };
  let due: { at: number; task: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const ticks = () => anchor.ticks + (real() - anchor.real) * anchor.speed;
  const rearm = () => {
    clearTimeout(timer);
    const next = due[0];
    if (!next) return;
    const wait = Math.max(0, Math.ceil((next.at - ticks()) / anchor.speed));
    timer = setTimeout(run, Math.min(wait, LONGEST_TIMER_MS));
    timer.unref();
  };
  const run = () => {
    const now = ticks();
    const ready = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { task } of ready) task();
    rearm();
  };

  return {
    now: () => Math.round(real() + offset),
    ticks,
    get speed() {
      return anchor.speed;
    },
    setSpeed(value) {
      anchor = { real: real(), ticks: ticks(), speed: value };
      rearm();
    },
    jump(ms) {
      offset += ms;
      anchor = { ...anchor, ticks: anchor.ticks + Math.max(0, ms) };
      run();
    },
    after(wait, task) {
      const item = { at: ticks() + wait, task };
      const later = due.findIndex(({ at }) => at > item.at);
      due.splice(later < 0 ? due.length : later, 0, item);
      rearm();
      return () => {
        due = due.filter((other) => other !== item);
        rearm();
      };
    },
    stop() {
      due = [];
      clearTimeout(timer);
    },
  };
}
