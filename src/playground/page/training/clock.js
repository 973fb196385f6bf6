/** The playground's clock: shows it, moves it, sets the speed. It runs on locally between two readings. */
import { api } from '../api.js';
import { el, fill, nextId } from '../dom.js';
import { t } from '../texts.js';
import { clockTimeSeconds, dayAndTime, fromLocalInput, toLocalInput } from '../time.js';
import { toast } from '../toast.js';
import { section } from './section.js';

const HOUR_MS = 3_600_000;
const SPEEDS = [1, 10, 60, 600];

/** The playground's time, as last read. */
let reading = { now: Date.now(), at: Date.now() };
/** Unix ms on the playground's clock. */
export const playgroundNow = () => reading.now + (Date.now() - reading.at);

/** @param {any} answer @returns {number} the speed */
function take(answer) {
  const now = Number(answer?.now);
  if (Number.isFinite(now) && now > 0) reading = { now, at: Date.now() };
  return Number(answer?.speed ?? 1);
}

/** Reads the clock without showing anything. */
export const readClock = async () => take(await api.clock());

/** @param {AbortSignal} until */
export function clock(until) {
  const shown = el('output', { class: 'clock-now' });
  const speed = el('select', { id: nextId('speed'), class: 'control' });
  const input = el('input', { type: 'datetime-local', id: nextId('clock'), class: 'control' });
  /** @param {{ now?: number, speed?: number }} change */
  const set = async (change) => {
    try {
      await api.setClock(change);
      showSpeed(await readClock());
    } catch {
      toast('error', t('failed_load'));
    }
    draw();
  };
  /** @param {number} current */
  const showSpeed = (current) => {
    const all = SPEEDS.includes(current) ? SPEEDS : [...SPEEDS, current].toSorted((a, b) => a - b);
    fill(
      speed,
      ...all.map((one) =>
        el('option', { value: one, selected: one === current }, t(one === 1 ? 'speed_1' : 'speed_n', { n: one })),
      ),
    );
  };
  const draw = () =>
    fill(shown, `${dayAndTime(playgroundNow()).replace(/\s*\d{2}:\d{2}$/, '')} ${clockTimeSeconds(playgroundNow())}`);
  speed.addEventListener('change', () => void set({ speed: Number(speed.value) }));
  /** @param {string} label @param {number} ms */
  const jump = (label, ms) =>
    el(
      'button',
      { type: 'button', class: 'button', on: { click: () => void set({ now: Math.round(playgroundNow() + ms) }) } },
      label,
    );
  const apply = el(
    'button',
    {
      type: 'button',
      class: 'button',
      on: {
        click: () => {
          const now = fromLocalInput(input.value);
          if (Number.isFinite(now)) void set({ now });
          else input.focus();
        },
      },
    },
    t('clock_apply'),
  );
  const ticking = setInterval(draw, 1000);
  until.addEventListener('abort', () => clearInterval(ticking));
  const open = () => {
    readClock().then(
      (current) => {
        showSpeed(current);
        input.value = toLocalInput(playgroundNow());
        draw();
      },
      () => fill(shown, t('failed_load')),
    );
  };
  showSpeed(1);
  draw();
  return section(
    t('clock'),
    t('clock_hint'),
    [
      el('p', { class: 'clock-line' }, el('span', { class: 'muted' }, t('clock_now')), shown),
      el(
        'div',
        { class: 'button-row', role: 'group', 'aria-label': t('clock_jump') },
        jump(t('clock_hour'), HOUR_MS),
        jump(t('clock_day'), 24 * HOUR_MS),
        jump(t('clock_week'), 7 * 24 * HOUR_MS),
      ),
      el(
        'div',
        { class: 'desk-line' },
        el('label', { for: input.id }, t('clock_set')),
        el('div', { class: 'join' }, input, apply),
      ),
      el('div', { class: 'desk-line' }, el('label', { for: speed.id }, t('clock_speed')), speed),
    ],
    { onOpen: open },
  );
}
