// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANE_STATES, laneSubject, type TimelineData } from '../../../src/views/timeline/data.ts';
import { eventfdName } from '../../../src/views/timeline/eventfds.ts';
import { type PictureView, pictureSize, timelineSvg } from '../../../src/views/timeline/svg.ts';
import { escapeXml } from '../../../src/views/timeline/svgParts.ts';
import { laneStatesAt } from '../../../src/views/timeline/table.ts';
import { groundOf } from './ground.ts';

const TEXT = `eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100 101]
raise 1
set_irqs msix trigger eventfd 1 [999]
raise 1
set_irqs msix trigger none 0 0
set_irqs err trigger eventfd 0 [101]
set_irqs intx trigger eventfd 0 [100]`;

const colour = '#123456';
const view = (data: TimelineData, change: Partial<PictureView> = {}): PictureView => ({
  range: { from: 0.5, to: data.length + 1 },
  lanes: data.laneIds,
  cursor: 5,
  width: 900,
  title: 'NVMe <&"> \u0001',
  about: 'a timeline',
  colours: {
    ground: '#ffffff',
    ink: colour,
    soft: colour,
    line: colour,
    attached: colour,
    attachedOdd: '#654321',
    cached: colour,
    cachedGround: colour,
    cachedLine: colour,
    failed: colour,
    signal: colour,
  },
  eventfdName: (ev) => eventfdName([100, 101], ev),
  ...change,
});

function parsed(svg: string) {
  const made = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(made.querySelector('parsererror')).toBeNull();
  return made;
}

/** Returns the picture's facts for a lane at a line, from the segment that covers it. */
function drawnAt(svg: Document, lane: number, line: number) {
  const { kind, vector } = laneSubject(lane);
  const found = [...svg.querySelectorAll('.segment')].filter(
    (one) =>
      one.getAttribute('data-kind') === kind &&
      one.getAttribute('data-vector') === String(vector) &&
      Number(one.getAttribute('data-from')) <= line &&
      Number(one.getAttribute('data-to')) > line,
  );
  expect(found.length).toBeLessThan(2);
  const of = (name: string) => found[0]?.getAttribute(`data-${name}`);
  return {
    state: of('state') ?? 'none',
    irq: Number(of('irq') ?? 0),
    ev: Number(of('ev') ?? -1),
    pending: of('pending') === '1',
  };
}

// slow: draws and parses a picture for each of many windows
describe('the picture', () => {
  const { data } = groundOf(TEXT, 'dynamic', 'e1000e');

  test('is XML with any title', () => {
    const svg = parsed(timelineSvg(data, view(data)));
    expect(svg.querySelector('svg > title')?.textContent).toBe('NVMe <&"> \ufffd');
    expect(svg.querySelector('svg > desc')?.textContent).toBe('a timeline');
    expect(svg.documentElement.getAttribute('height')).toBe(String(pictureSize(view(data)).height));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parsed(`<svg xmlns="http://www.w3.org/2000/svg" a="${escapeXml(text)}">${escapeXml(text)}</svg>`);
      }),
    );
  });

  test('refers to no style sheet, script or address', () => {
    const text = timelineSvg(data, view(data));
    expect(text).not.toMatch(/<style|<script|style=|href|var\(|@import/);
    expect(text.match(/url\([^)]*\)/g)).toSatisfy((all: string[]) =>
      all.every((one) => one === 'url(#cached)'),
    );
  });

  test('has the segments of the columns in every window', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (from, length) => {
          const range = { from, to: from + length };
          const svg = parsed(timelineSvg(data, view(data, { range })));
          for (let line = Math.max(1, Math.ceil(from)); line < Math.min(range.to, data.length + 1); line++) {
            for (const { lane, state, irq, ev, pending } of laneStatesAt(data, line))
              expect(drawnAt(svg, lane, line)).toEqual({ state, irq, ev, pending });
          }
          for (const one of svg.querySelectorAll('.segment')) {
            expect(Number(one.getAttribute('data-from'))).toBeLessThan(range.to);
            expect(Number(one.getAttribute('data-to'))).toBeGreaterThan(range.from);
            expect(LANE_STATES).toContain(one.getAttribute('data-state'));
            const bar = one.querySelector('rect');
            expect(Number(bar?.getAttribute('x'))).toBeGreaterThanOrEqual(84);
            expect(Number(bar?.getAttribute('x')) + Number(bar?.getAttribute('width'))).toBeLessThanOrEqual(
              889,
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('draws signals, failures, the end of everything, the cursor and the names of its lanes', () => {
    const svg = parsed(timelineSvg(data, view(data)));
    const marks = [...svg.querySelectorAll('.mark')].map(
      (one) => `${one.getAttribute('data-kind')} ${one.getAttribute('data-line')}`,
    );
    expect(marks).toEqual(expect.arrayContaining(['delivered 4', 'pended 6', 'failed 5']));
    const lines = (name: string) =>
      [...svg.querySelectorAll(`.${name}`)].map((one) => Number(one.getAttribute('data-line')));
    expect(lines('failure')).toEqual([5]);
    expect(lines('teardown')).toEqual([7]);
    expect(lines('cursor')).toEqual([5]);
    const texts = [...svg.querySelectorAll('text')].map((one) => one.textContent);
    expect(texts).toEqual(
      expect.arrayContaining(['vector 0', 'vector 1', 'INTx', 'ERR', 'attached', 'cached']),
    );
    expect(svg.querySelector('.segment title')?.textContent).toBe(
      'vector 0: attached, irq 25, fd 100, lines 3 to 6',
    );
  });
});
