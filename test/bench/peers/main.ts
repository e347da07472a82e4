// The page of the bench: one renderer, one workload, measured step by step from outside (timeline.ts), which collects
// garbage and reads the heap in between.

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

/** What the page lets do, in this order. */
export interface Bench {
  /** Makes the data and brings it into the renderer's form. */
  prepare(name: RendererName, events: number, lanes: number): Promise<void>;
  /** From the call that gives the renderer its data to the frame after the next one, in ms. */
  first(): Promise<number>;
  /** How much later everything was drawn, in ms: 0 where it was by then, NaN where nothing ever is. */
  missing(): Promise<number>;
  /** The time of each frame of a journey, in ms; broken off after `limit` ms. */
  steps(limit: number): Promise<readonly number[]>;
}

declare global {
  interface Window {
    bench?: Bench;
  }
}

/** Events of the timeline that is there before. */
const WARM = 100;
/** So long is looked whether more is drawn (ms), and so much of it is a full frame. */
const SETTLE = 300;
const FULL = 0.98;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

function ready<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} comes first`);
  return value;
}

const host = ready(document.querySelector<HTMLElement>('#host') ?? undefined, 'the host');
let lines = 0;
let mount: Mount | undefined;
let mounted: Mounted | undefined;

window.bench = {
  async prepare(name, events, lanes) {
    const prepare = await PREPARE[name]();
    // The page has a timeline before the data comes: its code has run, ours and every peer's.
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
    // every renderer begins at the same place between two frames
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
