/** Switches that make the emulated platforms fail the way the real ones do. */
import { api } from '../api.js';
import { el, fill } from '../dom.js';
import { dingtalkIsPlayed } from '../platform.js';
import { lang, t } from '../texts.js';
import { toast } from '../toast.js';
import { DINGTALK_FAULTS, FAULTS, NOT_SWITCHES } from './fault-list.js';
import { section } from './section.js';

/** @typedef {Record<string, unknown>} Values */
/** @typedef {{ key: string, on: unknown, label: string }} Switch */

/** @param {unknown} value */
const isOn = (value) => value === true || (typeof value === 'number' && value > 0);
/** @param {unknown} value */
const off = (value) => (typeof value === 'boolean' ? false : 0);
/** @param {readonly import('./fault-list.js').Fault[]} known @param {Values} now @returns {Switch[]} */
const labelled = (known, now) =>
  known.filter((one) => one.key in now).map(({ key, on, zh, en }) => ({ key, on, label: lang() === 'en' ? en : zh }));

export function faults() {
  const list = el('div', { class: 'switches' });
  /** @type {Values} */
  let now = {};
  /** Of DingTalk alone; empty where it is not played. @type {Values} */
  let ding = {};
  const load = async () => {
    try {
      [now, ding] = await Promise.all([
        api.faults().then((answer) => answer ?? {}),
        dingtalkIsPlayed() ? api.dingtalk().then(({ switches }) => switches) : {},
      ]);
      draw();
    } catch {
      fill(list, t('failed_load'));
    }
  };
  /** @param {{ faults?: Values, dingtalk?: Values }} change */
  const set = async (change) => {
    try {
      if (change.faults) now = { ...now, ...change.faults, ...(await api.setFaults(change.faults)) };
      if (change.dingtalk) ding = (await api.setDingtalk(change.dingtalk)).switches;
    } catch {
      toast('error', t('failed_load'));
    }
    draw();
  };
  const draw = () => {
    const other = Object.entries(now)
      .filter(
        ([key, value]) =>
          ['number', 'boolean'].includes(typeof value) &&
          !NOT_SWITCHES.has(key) &&
          !FAULTS.some((one) => one.key === key),
      )
      .map(([key, value]) => ({ key, on: typeof value === 'boolean' ? true : 1, label: key }));
    const all = [...labelled(FAULTS, now), ...other];
    const alone = labelled(DINGTALK_FAULTS, ding);
    /** @param {readonly Switch[]} switches @param {Values} values */
    const allOff = (switches, values) => Object.fromEntries(switches.map(({ key }) => [key, off(values[key])]));
    const clear = () =>
      set({ faults: allOff(all, now), ...(alone.length > 0 ? { dingtalk: allOff(alone, ding) } : {}) });
    fill(
      list,
      ...all.map((one) =>
        switchNode(one, now, (on) => void set({ faults: { [one.key]: on ? one.on : off(now[one.key]) } })),
      ),
      alone.length > 0 ? el('h4', { class: 'switches-head' }, t('faults_dingtalk')) : null,
      ...alone.map((one) =>
        switchNode(one, ding, (on) => void set({ dingtalk: { [one.key]: on ? one.on : off(ding[one.key]) } })),
      ),
      all.length === 0
        ? t('faults_none')
        : el('button', { type: 'button', class: 'button small', on: { click: () => void clear() } }, t('faults_clear')),
    );
  };
  return section(t('faults'), t('faults_hint'), [list], { onOpen: () => void load() });
}

/** @param {Switch} one @param {Values} values @param {(on: boolean) => void} onChange */
function switchNode({ key, label }, values, onChange) {
  const box = el('input', { type: 'checkbox', role: 'switch', data: { fault: key } });
  box.checked = isOn(values[key]);
  box.addEventListener('change', () => onChange(box.checked));
  return el('label', { class: 'switch' }, el('span', {}, label), box);
}
