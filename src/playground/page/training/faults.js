/** Switches that make the emulated platform fail the way the real one does. */
import { api } from '../api.js';
import { el, fill } from '../dom.js';
import { lang, t } from '../texts.js';
import { toast } from '../toast.js';
import { FAULTS, NOT_SWITCHES } from './fault-list.js';
import { section } from './section.js';

/** @param {unknown} value */
const isOn = (value) => value === true || (typeof value === 'number' && value > 0);

export function faults() {
  const list = el('div', { class: 'switches' });
  /** @type {Record<string, unknown>} */
  let now = {};
  const load = async () => {
    try {
      now = (await api.faults()) ?? {};
      draw();
    } catch {
      fill(list, t('failed_load'));
    }
  };
  /** @param {Record<string, unknown>} change */
  const set = async (change) => {
    try {
      const answer = await api.setFaults(change);
      now = answer && Object.keys(answer).some((key) => key in now) ? answer : { ...now, ...change };
    } catch {
      toast('error', t('failed_load'));
    }
    draw();
  };
  const draw = () => {
    const known = FAULTS.filter((one) => one.key in now).map((one) => ({
      ...one,
      label: lang() === 'en' ? one.en : one.zh,
    }));
    const other = Object.entries(now)
      .filter(
        ([key, value]) =>
          ['number', 'boolean'].includes(typeof value) &&
          !NOT_SWITCHES.has(key) &&
          !FAULTS.some((one) => one.key === key),
      )
      .map(([key, value]) => ({ key, on: typeof value === 'boolean' ? true : 1, label: key }));
    const all = [...known, ...other];
    const off = Object.fromEntries(all.map((one) => [one.key, typeof now[one.key] === 'boolean' ? false : 0]));
    fill(
      list,
      ...all.map((one) =>
        switchNode(one.label, one.key, isOn(now[one.key]), (on) => void set({ [one.key]: on ? one.on : off[one.key] })),
      ),
      all.length === 0
        ? t('faults_none')
        : el(
            'button',
            { type: 'button', class: 'button small', on: { click: () => void set(off) } },
            t('faults_clear'),
          ),
    );
  };
  return section(t('faults'), t('faults_hint'), [list], { onOpen: () => void load() });
}

/** @param {string} label @param {string} key @param {boolean} on @param {(on: boolean) => void} onChange */
function switchNode(label, key, on, onChange) {
  const box = el('input', { type: 'checkbox', role: 'switch', data: { fault: key } });
  box.checked = on;
  box.addEventListener('change', () => onChange(box.checked));
  return el('label', { class: 'switch' }, el('span', {}, label), box);
}
