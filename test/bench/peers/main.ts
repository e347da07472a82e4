// The page of the bench: one renderer and one workload. timeline.ts drives it step by step from outside, and collects garbage
// and reads the heap in between.

import type { RendererName } from './names.ts';
import { ranges } from './ranges.ts';
import type { Mount, Mounted, Prepare } from './renderer.ts';
import { workload } from './workload.ts';

const PREPARE: Readonly<Record<RendererName, () => Promise<Prepare>>> = {
  irqscope: async () => (await import('./ours.tsx')).prepare,
  'irqscope, by wheel': async () => (await import('./ours.tsx')).prepareByWheel,
  'd3 SVG': async () => (await import('./svg.ts')).prepare,
  'd3 SVG in view': async () => (await import('./svg.ts')).prepareInView,
  'vis-timeline': async () => (await import('./vis.ts')).prepare,
  ECharts: async () => (await import('./echarts.ts')).prepare,
  'flame-chart-js': async () => (await import('./flame.ts')).prepare,
};

/** The functions of the page, in the order of their use. */
export interface Bench {
  /** Creates the data in the renderer's form. */
  prepare(name: RendererName, events: number, lanes: number): Promise<void>;
  /** Returns the time from passing the data to the frame after the next one, ms. */
  first(): Promise<number>;
  /** Returns how much later everything was drawn, ms: 0 if complete by then, NaN if never. */
  missing(): Promise<number>;
  /** Returns the time of each frame of a journey, ms; stops after `limit` ms. */
  steps(limit: number): Promise<readonly number[]>;
}

declare global {
  interface Window {
    bench?: Bench;
  }
}

/** Number of events of the earlier timeline. */
const WARM = 100;
/** Time to watch for further drawing, ms, and the part of the events that makes a full frame. */
const SETTLE = 300;
const FULL = 0.98;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

function ready<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}

const host = ready(document.querySelector<HTMLElement>('#host') ?? undefined, 'the host');
let lines = 0;
let mount: Mount | undefined;
let mounted: Mounted | undefined;

window.bench = {
  async prepare(name, events, lanes) {
    const prepare = await PREPARE[name]();
    // draw a timeline before the data arrives, so that the code of every renderer has run
    const other = host.cloneNode();
    if (!(other instanceof HTMLElement)) throw new Error('the host is not an element');
    host.after(other);
    await prepare(workload(WARM, 8))(other);
    for (let frame = 0; frame < 10; frame++) await nextFrame();
    other.remove();
    const data = workload(events, lanes);
    lines = data.length;
    mount = prepare(data);
  },

  async first() {
    const start = ready(mount, 'prepare');
    // every renderer starts at the same point between two frames
    await nextFrame();
    await nextTask();
    const begin = performance.now();
    mounted = await start(host);
    await nextFrame();
    await nextFrame();
    return performance.now() - begin;
  },

  async missing() {
    const { drawn } = ready(mounted, 'first');
    const begin = performance.now();
    const seen = [{ after: 0, ink: drawn() }];
    while (performance.now() - begin < SETTLE) {
      await nextFrame();
      seen.push({ after: performance.now() - begin, ink: drawn() });
    }
    const all = seen.at(-1)?.ink ?? 0;
    return all === 0 ? Number.NaN : (seen.find(({ ink }) => ink >= FULL * all)?.after ?? 0);
  },

  async steps(limit) {
    const { show } = ready(mounted, 'first');
    const times: number[] = [];
    const begin = await nextFrame();
    let last = begin;
    for (const range of ranges(lines)) {
      show(range);
      const now = await nextFrame();
      times.push(now - last);
      last = now;
      if (now - begin > limit) break;
    }
    return times;
  },
};
