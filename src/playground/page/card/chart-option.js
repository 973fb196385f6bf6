/** From a chart's model to an ECharts option, in the colours of the page. */
import { bySeries } from './chart-spec.js';

/** @typedef {import('./chart-spec.js').ChartModel} ChartModel */

/**
 * @param {ChartModel} model
 * @param {{ ink: string, muted: string, line: string, colors: string[], font: string }} look
 * @returns {Record<string, unknown>} an ECharts option
 */
export function echartsOption(model, look) {
  const { labels, series } = bySeries(model);
  const text = { color: look.muted, fontFamily: look.font, fontSize: 12 };
  const top = (model.showLegend ? 34 : 10) + (model.showValues && !model.horizontal ? 12 : 0) + (model.title ? 24 : 0);
  const base = {
    color: look.colors,
    animation: false,
    textStyle: { fontFamily: look.font },
    ...(model.title
      ? {
          title: {
            text: model.title,
            left: 0,
            top: 0,
            textStyle: { color: look.ink, fontSize: 14, fontFamily: look.font },
          },
        }
      : {}),
    ...(model.showLegend
      ? { legend: { type: 'scroll', top: model.title ? 24 : 0, textStyle: text, inactiveColor: look.line } }
      : {}),
    // Rich text, not HTML: what a card says never becomes markup.
    tooltip: {
      renderMode: 'richText',
      trigger: model.kind === 'pie' || model.kind === 'radar' ? 'item' : 'axis',
      confine: true,
    },
  };
  const label = { show: model.showValues, color: look.ink, fontFamily: look.font, fontSize: 12 };
  if (model.kind === 'pie') {
    const data = model.points.map((point) => ({ name: point.label, value: point.value }));
    const slice = {
      type: 'pie',
      radius: model.ring ? ['45%', '70%'] : '70%',
      data,
      label: { ...label, show: true, color: look.ink, formatter: '{b} {c}' },
    };
    return { ...base, series: [slice] };
  }
  if (model.kind === 'radar') {
    const highest = model.max ?? Math.max(1, ...model.points.map((point) => point.value));
    return {
      ...base,
      radar: {
        center: ['50%', model.showLegend ? '55%' : '52%'],
        radius: '54%', // names of five characters stand beside it on a phone,
        indicator: labels.map((name) => ({ name, max: highest, min: model.min ?? 0 })),
        axisName: { ...text, color: look.ink, formatter: wrapName },
        splitLine: { lineStyle: { color: look.line } },
        axisLine: { lineStyle: { color: look.line } },
        splitArea: { show: false },
      },
      series: [
        {
          type: 'radar',
          symbolSize: 5,
          data: series.map((one) => ({
            name: one.name,
            value: one.values.map((value) => value ?? 0),
            areaStyle: { opacity: 0.12 },
            label: { ...label, fontSize: 11 },
          })),
        },
      ],
    };
  }
  const categories = {
    type: 'category',
    data: labels,
    inverse: model.horizontal,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.line } },
    axisLabel: {
      ...text,
      interval: model.horizontal ? 0 : 'auto',
      hideOverlap: !model.horizontal,
      width: model.horizontal ? 110 : 72,
      overflow: 'truncate',
    },
  };
  const whole = model.points.every((point) => Number.isInteger(point.value));
  const values = {
    type: 'value',
    ...(whole ? { minInterval: 1 } : {}),
    ...(model.max === null ? {} : { max: model.max }),
    ...(model.min === null ? {} : { min: model.min }),
    axisLabel: text,
    splitLine: { lineStyle: { color: look.line } },
  };
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
      itemStyle: { borderRadius: type === 'bar' ? (model.horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0]) : 0 },
      symbolSize: 7,
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
