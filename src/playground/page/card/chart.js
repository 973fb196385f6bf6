/** The chart component. The drawing comes with its numbers in words, for those who cannot see it. */
import { el } from '../dom.js';
import { t } from '../texts.js';
import { echartsOption } from './chart-option.js';
import { bySeries, readSpec } from './chart-spec.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('../types.js').ElementJson} ElementJson */
/** @typedef {import('./chart-spec.js').ChartModel} ChartModel */

const ROW_PX = 30;
const MAX_HEIGHT_PX = 900;

/** @type {Promise<any> | null} */
let library = null;
/** The chart library is a megabyte: loaded when the first chart comes into view. @returns {Promise<any>} */
function echarts() {
  const address = '/assets/echarts.js';
  library ??= import(address).then((module) => (module.init ? module : /** @type {any} */ (globalThis).echarts));
  return library;
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderChart(json, ctx) {
  const model = readSpec(json['chart_spec'] ?? {});
  if (model.points.length === 0) return el('div', { class: 'chart-empty' }, t('chart_empty'));
  if (model.kind === 'progress') return progress(model);
  if (model.kind === 'table') return numbers(model);
  const place = el('div', { class: 'chart', role: 'img', 'aria-label': spoken(model), data: { kind: model.kind } });
  sizeChart(place, json, model);
  draw(place, model, ctx);
  return place;
}

/** @param {HTMLElement} place @param {ElementJson} json @param {ChartModel} model */
function sizeChart(place, json, model) {
  const fixed = /^(\d{2,3})px$/.exec(String(json['height'] ?? ''));
  const ratio = /^(\d+):(\d+)$/.exec(String(json['aspect_ratio'] ?? '16:9'));
  if (fixed) place.style.height = `${fixed[1]}px`;
  else place.style.aspectRatio = ratio ? `${ratio[1]} / ${ratio[2]}` : '16 / 9';
  const rows = model.horizontal ? bySeries(model).labels.length : 0;
  // Every bar keeps a readable row, however narrow the phone.
  place.style.minHeight = `${Math.min(MAX_HEIGHT_PX, Math.max(model.kind === 'radar' ? 280 : 180, rows * ROW_PX))}px`;
}

/** @param {HTMLElement} place @param {ChartModel} model @param {Ctx} ctx */
function draw(place, model, ctx) {
  /** @type {any} */
  let chart = null;
  let gone = false;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => chart?.setOption(echartsOption(model, lookOf(place)), true);
  const resized = new ResizeObserver(() => chart?.resize());
  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      echarts().then(
        (library) => {
          if (gone) return;
          chart = library.init(place, null, { renderer: 'svg' });
          paint();
          resized.observe(place);
          place.dataset['drawn'] = 'true';
        },
        () => place.replaceWith(numbers(model)),
      );
    },
    { rootMargin: '300px' },
  );
  seen.observe(place);
  dark.addEventListener('change', paint);
  ctx.onRemove(() => {
    gone = true;
    seen.disconnect();
    resized.disconnect();
    dark.removeEventListener('change', paint);
    chart?.dispose();
  });
}

/** @param {HTMLElement} place */
function lookOf(place) {
  const style = getComputedStyle(place);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    ink: read('--ink'),
    muted: read('--muted'),
    line: read('--line'),
    colors: [1, 2, 3, 4, 5, 6].map((n) => read(`--chart-${n}`)),
    font: style.fontFamily,
  };
}

/** Bars made of two boxes: sharp at any size, no library. @param {ChartModel} model */
function progress(model) {
  const full = model.max ?? 1;
  return el(
    'div',
    { class: 'progress-list' },
    ...model.points.map((point) => {
      const percent = Math.round((Math.min(full, Math.max(0, point.value)) / full) * 100);
      return el(
        'div',
        { class: 'progress-row' },
        el('span', {}, point.label),
        el(
          'div',
          {
            class: 'progress',
            role: 'progressbar',
            'aria-label': point.label || t('progress'),
            'aria-valuemin': 0,
            'aria-valuemax': 100,
            'aria-valuenow': percent,
          },
          el('div', { style: { width: `${percent}%` } }),
        ),
        el('span', { class: 'number' }, `${percent}%`),
      );
    }),
  );
}

/** @param {ChartModel} model */
function numbers(model) {
  const { labels, series } = bySeries(model);
  return el(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('table') },
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, ''),
          ...series.map((one) => el('th', { scope: 'col' }, one.name || t('value'))),
        ),
      ),
      el(
        'tbody',
        {},
        ...labels.map((label, i) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, label),
            ...series.map((one) => el('td', { class: 'number' }, String(one.values[i] ?? ''))),
          ),
        ),
      ),
    ),
  );
}

/** @param {ChartModel} model */
function spoken(model) {
  const said = model.points
    .slice(0, 40)
    .map((point) => `${[point.series, point.label].filter(Boolean).join(' ')} ${point.value}`);
  return `${t(`chart_${model.kind}`)}: ${said.join(t('comma'))}`;
}
