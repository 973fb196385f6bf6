/**
 * From a VChart specification, as cards carry it, to what the page draws. Only the old, simple properties are read
 * (platform/lark.md §3.7); a kind that is not known is shown as a table of its numbers.
 *
 * @typedef {{ label: string, value: number, series: string }} Point
 * @typedef {{ kind: 'bar' | 'line' | 'area' | 'radar' | 'pie' | 'progress' | 'table', points: Point[], horizontal: boolean, stacked: boolean, ring: boolean, max: number | null, min: number | null, showValues: boolean, showLegend: boolean, title: string }} ChartModel
 */

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
    label: String(row[labelAt] ?? ''),
    value: Number(row[valueAt]),
    // A series that only repeats the category is a matter of colour.
    series: seriesAt === '' || seriesAt === labelAt ? '' : String(row[seriesAt] ?? ''),
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
    values: labels.map((label) => model.points.find((point) => point.series === name && point.label === label)?.value ?? null),
  }));
  return { labels, series };
}

/**
 * @param {ChartModel} model
 * @param {{ ink: string, muted: string, line: string, colors: string[], font: string }} look
 * @returns {Record<string, unknown>} an ECharts option
 */
export function echartsOption(model, look) {
  const { labels, series } = bySeries(model);
  const text = { color: look.muted, fontFamily: look.font, fontSize: 12 };
  const top = (model.showLegend ? 30 : 12) + (model.title ? 24 : 0);
  const base = {
    color: look.colors,
    animation: false,
    textStyle: { fontFamily: look.font },
    ...(model.title ? { title: { text: model.title, left: 0, top: 0, textStyle: { color: look.ink, fontSize: 14, fontFamily: look.font } } } : {}),
    ...(model.showLegend ? { legend: { type: 'scroll', top: model.title ? 24 : 0, textStyle: text, inactiveColor: look.line } } : {}),
    // Rich text, not HTML: what a card says never becomes markup.
    tooltip: { renderMode: 'richText', trigger: model.kind === 'pie' || model.kind === 'radar' ? 'item' : 'axis', confine: true },
  };
  const label = { show: model.showValues, color: look.ink, fontFamily: look.font, fontSize: 12 };
  if (model.kind === 'pie') {
    const data = model.points.map((point) => ({ name: point.label, value: point.value }));
    const slice = { type: 'pie', radius: model.ring ? ['45%', '70%'] : '70%', data, label: { ...label, show: true, color: look.ink, formatter: '{b} {c}' } };
    return { ...base, series: [slice] };
  }
  if (model.kind === 'radar') {
    const highest = model.max ?? Math.max(1, ...model.points.map((point) => point.value));
    return {
      ...base,
      radar: {
        center: ['50%', model.showLegend ? '55%' : '52%'],
        radius: '62%',
        indicator: labels.map((name) => ({ name, max: highest, min: model.min ?? 0 })),
        axisName: { ...text, color: look.ink, formatter: wrapName },
        splitLine: { lineStyle: { color: look.line } },
        axisLine: { lineStyle: { color: look.line } },
        splitArea: { show: false },
      },
      series: [{ type: 'radar', symbolSize: 5, data: series.map((one) => ({ name: one.name, value: one.values.map((value) => value ?? 0), areaStyle: { opacity: 0.12 }, label: { ...label, fontSize: 11 } })) }],
    };
  }
  const categories = { type: 'category', data: labels, inverse: model.horizontal, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { ...text, interval: model.horizontal ? 0 : 'auto', hideOverlap: !model.horizontal, width: model.horizontal ? 110 : 72, overflow: 'truncate' } };
  const values = { type: 'value', ...(model.max === null ? {} : { max: model.max }), ...(model.min === null ? {} : { min: model.min }), axisLabel: text, splitLine: { lineStyle: { color: look.line } } };
  const type = model.kind === 'bar' ? 'bar' : 'line';
  return {
    ...base,
    grid: { left: 4, right: model.horizontal ? 36 : 12, top, bottom: 4, containLabel: true },
    xAxis: model.horizontal ? values : categories,
    yAxis: model.horizontal ? categories : values,
    series: series.map((one) => ({
      type,
      name: one.name,
      data: one.values,
      barMaxWidth: 28,
      ...(model.stacked ? { stack: 'all' } : {}),
      ...(model.kind === 'area' ? { areaStyle: { opacity: 0.2 } } : {}),
      label: { ...label, position: model.horizontal ? 'right' : 'top' },
    })),
  };
}

/** Long names around a radar break after six characters, English ones between words. @param {string} name */
function wrapName(name) {
  if (/[\u4e00-\u9fff]/.test(name)) return name.replace(/(.{6})(?=.)/g, '$1\n');
  return name.replace(/(.{8,16}?) /g, '$1\n');
}
