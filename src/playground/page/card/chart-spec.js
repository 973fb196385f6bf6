/**
 * From a VChart specification, as cards carry it, to what the page draws. Only the old, simple properties are read
 * (platform/lark.md §3.7); a kind that is not known is shown as a table of its numbers.
 *
 * @typedef {{ label: string, value: number, series: string }} Point
 * @typedef {{ kind: 'bar' | 'line' | 'area' | 'radar' | 'pie' | 'progress' | 'table', points: Point[], horizontal: boolean, stacked: boolean, ring: boolean, max: number | null, min: number | null, showValues: boolean, showLegend: boolean, title: string }} ChartModel
 */
import { textOf } from '../dom.js';

/** @type {Record<string, ChartModel['kind']>} */
const KINDS = {
  bar: 'bar',
  line: 'line',
  area: 'area',
  radar: 'radar',
  pie: 'pie',
  ring: 'pie',
  rose: 'pie',
  linearProgress: 'progress',
  circularProgress: 'progress',
};

/** @param {unknown} name @returns {string[]} */
const names = (name) => (Array.isArray(name) ? name.map(String) : typeof name === 'string' ? [name] : []);

/** @param {any} data @returns {Record<string, unknown>[]} */
function valuesOf(data) {
  const first = Array.isArray(data) ? data[0] : data;
  const values = first?.values ?? (Array.isArray(data) ? data : []);
  return Array.isArray(values) ? values.filter((one) => typeof one === 'object' && one !== null) : [];
}

/** @param {Record<string, any>} spec @returns {ChartModel} */
export function readSpec(spec) {
  const kind = Object.hasOwn(KINDS, spec['type']) ? /** @type {ChartModel['kind']} */ (KINDS[spec['type']]) : 'table';
  const horizontal = kind === 'progress' || spec['direction'] === 'horizontal';
  const x = names(spec['xField']);
  const y = names(spec['yField']);
  const [labelAt = '', secondAt] = spec['categoryField'] ? names(spec['categoryField']) : horizontal ? y : x;
  const valueAt = String(spec['valueField'] ?? (horizontal ? x : y)[0] ?? '');
  const seriesAt = String(spec['seriesField'] ?? secondAt ?? '');
  const points = valuesOf(spec['data']).map((row) => ({
    label: textOf(row[labelAt]),
    value: Number(row[valueAt]),
    // A series that only repeats the category is a matter of colour.
    series: seriesAt === '' || seriesAt === labelAt ? '' : textOf(row[seriesAt]),
  }));
  const axis = valueAxis(spec, horizontal);
  return {
    kind,
    points: points.filter((point) => Number.isFinite(point.value)),
    horizontal,
    stacked: spec['stack'] === true,
    ring: spec['type'] === 'ring' || Number(spec['innerRadius']) > 0,
    max: axis.max,
    min: axis.min,
    showValues: spec['label']?.visible === true,
    showLegend: spec['legends']?.visible !== false && new Set(points.map((point) => point.series)).size > 1,
    title: typeof spec['title']?.text === 'string' ? spec['title'].text : '',
  };
}

/** Bounds of the value axis, if the card gives them. @param {Record<string, any>} spec @param {boolean} horizontal */
function valueAxis(spec, horizontal) {
  const wanted = spec['type'] === 'radar' ? ['radius'] : horizontal ? ['bottom', 'top'] : ['left', 'right'];
  const axis = (Array.isArray(spec['axes']) ? spec['axes'] : []).find((one) => wanted.includes(one?.orient));
  const bound = (/** @type {unknown} */ value) => (typeof value === 'number' ? value : null);
  return { max: bound(axis?.max ?? axis?.range?.max), min: bound(axis?.min ?? axis?.range?.min) };
}

/** @param {ChartModel} model @returns {{ labels: string[], series: { name: string, values: (number | null)[] }[] }} */
export function bySeries(model) {
  const labels = [...new Set(model.points.map((point) => point.label))];
  const series = [...new Set(model.points.map((point) => point.series))].map((name) => ({
    name,
    values: labels.map(
      (label) => model.points.find((point) => point.series === name && point.label === label)?.value ?? null,
    ),
  }));
  return { labels, series };
}
