// Plain d3: one rect per event, and the same with only the events in view.

import { axisBottom, scaleBand, scaleLinear, select } from 'd3';
import { COLOURS, type Item, itemsOf } from './items.ts';
import { HEIGHT, type Prepare, type Range, WIDTH } from './renderer.ts';

const AXIS = 24;

function svgPrepare(inView: boolean): Prepare {
  return (data) => {
    const items = itemsOf(data);
    const rows = data.laneIds.map((_, row) => row);
    return (host) => {
      const x = scaleLinear([1, data.length], [0, WIDTH]);
      const y = scaleBand(rows, [0, HEIGHT - AXIS]).padding(0.1);
      const svg = select(host).append('svg').attr('width', WIDTH).attr('height', HEIGHT);
      const plot = svg.append('g');
      const axis = svg.append('g').attr('transform', `translate(0,${HEIGHT - AXIS})`);
      const left = ({ from }: Item) => x(from);
      const width = ({ from, to }: Item) => Math.max(1, x(to) - x(from));
      const visible = ({ from, to }: Range) =>
        inView ? items.filter((item) => item.to >= from && item.from <= to) : items;
      const draw = (range: Range) => {
        x.domain([range.from, range.to]);
        plot
          .selectAll<SVGRectElement, Item>('rect')
          .data(visible(range))
          .join('rect')
          .attr('x', left)
          .attr('width', width)
          .attr('y', ({ row }) => y(row) ?? 0)
          .attr('height', y.bandwidth())
          .attr('fill', ({ look }) => COLOURS[look]);
        axis.call(axisBottom(x));
      };
      // with all rects kept, only the changed attributes are written
      const move = ({ from, to }: Range) => {
        x.domain([from, to]);
        plot.selectAll<SVGRectElement, Item>('rect').attr('x', left).attr('width', width);
        axis.call(axisBottom(x));
      };
      draw({ from: 1, to: data.length });
      return { show: inView ? draw : move, drawn: () => plot.selectAll('rect').size() };
    };
  };
}

/** One rect per event. */
export const prepare = svgPrepare(false);

/** One rect per event in view. */
export const prepareInView = svgPrepare(true);
