// ECharts with a custom series, set up like its own example of a profile ("custom-profile").

import { type CustomSeriesRenderItem, graphic, init } from 'echarts';
import { COLOURS, type Item, itemsOf, type Look } from './items.ts';
import { HEIGHT, inkOf, type Prepare, WIDTH } from './renderer.ts';

const GRID = { left: 60, right: 0, top: 0, bottom: 24 };
const LOOKS = Object.keys(COLOURS).filter((name): name is Look => name in COLOURS);
const DIMENSIONS = ['row', 'from', 'to', 'look'];

/** Converts the items to one array, the form for which ECharts creates no object per item. */
function sourceOf(items: readonly Item[]): Float64Array {
  const source = new Float64Array(items.length * DIMENSIONS.length);
  items.forEach(({ row, from, to, look }, at) => {
    source.set([row, from, to, LOOKS.indexOf(look)], at * DIMENSIONS.length);
  });
  return source;
}

const renderItem: CustomSeriesRenderItem = (_, api) => {
  const at = api.value(0);
  const [left = 0, middle = 0] = api.coord([api.value(1), at]);
  const [right = 0] = api.coord([api.value(2), at]);
  const size = api.size?.([0, 1]);
  const height = (Array.isArray(size) ? (size[1] ?? 1) : 1) * 0.8;
  const shape = graphic.clipRectByRect(
    { x: left, y: middle - height / 2, width: Math.max(1, right - left), height },
    { x: GRID.left, y: GRID.top, width: WIDTH - GRID.left, height: HEIGHT - GRID.bottom },
  );
  if (shape === undefined) return null;
  return { type: 'rect', shape, style: { fill: COLOURS[LOOKS[Number(api.value(3))] ?? 'mark'] } };
};

/** Draws each frame completely (`progressive: 0`), because progressive drawing takes longer until everything is visible. */
export const prepare: Prepare = (data) => {
  const source = sourceOf(itemsOf(data));
  const rows = data.laneIds.map((_, at) => String(at));
  return async (host) => {
    const chart = init(host, null, { width: WIDTH, height: HEIGHT });
    const finished = new Promise<void>((resolve) => chart.on('finished', () => resolve()));
    chart.setOption({
      animation: false,
      grid: GRID,
      xAxis: { type: 'value', min: 1, max: data.length },
      yAxis: { type: 'category', data: rows, inverse: true },
      dataZoom: [{ type: 'inside', filterMode: 'weakFilter' }],
      dataset: { source, dimensions: DIMENSIONS, sourceHeader: false },
      series: [{ type: 'custom', renderItem, encode: { x: [1, 2], y: 0 }, progressive: 0 }],
    });
    await finished;
    return {
      show: ({ from, to }) => chart.dispatchAction({ type: 'dataZoom', startValue: from, endValue: to }),
      drawn: () => inkOf(host),
    };
  };
};
