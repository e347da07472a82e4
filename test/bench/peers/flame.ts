// flame-chart-js. It places a node by its depth in the tree, and a child may lie outside its parent. So the last node of a
// lane is the parent of the next lane: every event is drawn on its lane, without extra nodes.

import { FlameChart, type FlameChartNode, type FlameChartNodes } from 'flame-chart-js';
import { COLOURS, type Item, itemsOf } from './items.ts';
import { canvasIn, inkOf, type Prepare } from './renderer.ts';

function nodesOf(items: readonly Item[]): FlameChartNodes {
  const lanes: FlameChartNode[][] = [];
  for (const { row, from, to, look } of items) {
    const lane = lanes[row] ?? [];
    lanes[row] = lane;
    lane.push({ name: look, start: from, duration: to - from, type: look, color: COLOURS[look] });
  }
  lanes.forEach((lane, at) => {
    const last = lane.at(-1);
    const next = lanes[at + 1];
    if (last !== undefined && next !== undefined) last.children = next;
  });
  return lanes[0] ?? [];
}

/** With its overview, the default. */
export const prepare: Prepare = (data) => {
  const nodes = nodesOf(itemsOf(data));
  return (host) => {
    const chart = new FlameChart({ canvas: canvasIn(host), data: nodes });
    return { show: ({ from, to }) => chart.setZoom(from, to), drawn: () => inkOf(host) };
  };
};
