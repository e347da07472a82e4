// vis-timeline: one group per lane, one item per rectangle, no stacking.

import { DataSet } from 'vis-data/peer';
import { Timeline } from 'vis-timeline/peer';
import 'vis-timeline/styles/vis-timeline-graph2d.min.css';
import { COLOURS, itemsOf } from './items.ts';
import { HEIGHT, type Prepare } from './renderer.ts';

/** One line is one millisecond of vis-timeline. */
export const prepare: Prepare = (data) => {
  const items = new DataSet(
    itemsOf(data).map(({ row, from, to, look }, id) => ({
      id,
      group: row,
      start: from,
      end: to,
      content: '',
      type: 'range',
      style: `background:${COLOURS[look]}`,
    })),
  );
  const groups = new DataSet(data.laneIds.map((_, row) => ({ id: row, content: String(row) })));
  return (host) => {
    const timeline = new Timeline(host, items, groups, {
      height: HEIGHT,
      stack: false,
      verticalScroll: true,
      zoomMin: 1,
      start: 1,
      end: data.length,
    });
    return {
      show: ({ from, to }) => timeline.setWindow(from, to, { animation: false }),
      drawn: () => host.querySelectorAll('.vis-item').length,
    };
  };
};
