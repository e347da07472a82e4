// The page of the bench: one renderer, one workload, measured step by step from outside (timeline.ts), which collects
// garbage and reads the heap in between.

import { ranges } from './ranges.ts';
import type { Mount, Mounted, Prepare } from './renderer.ts';
import { workload } from './workload.ts';

const RENDERERS = {
  irqscope: async () => (await import('./ours.tsx')).prepare,
  'irqscope, by wheel': async () => (await import('./ours.tsx')).prepareByWheel,
  'd3 SVG': async () => (await import('./svg.ts')).prepare,
  'd3 SVG in view': async () => (await import('./svg.ts')).prepareInView,
  'vis-timeline': async () => (await import('./vis.ts')).prepare,
  ECharts: async () => (await import('./echarts.ts')).prepare,
  'flame-chart-js': async () => (await import('./flame.ts')).prepare,
} satisfies Record<string, () => Promise<Prepare>>;

/** A renderer that the page knows. */
export type RendererName = keyof typeof RENDERERS;

/** The first frame: how long it took, in ms, and how much was drawn by then. */
export interface FirstFrame {
  readonly took: number;
  readonly drawn: number;
}

/** What the page lets do, in this order. */
export interface Bench {
  /** Makes the data and brings it into the renderer's form. */
  prepare(name: RendererName, events: number, lanes: number): Promise<void>;
  /** From the call that gives the renderer its data to the frame after the one that shows it. */
  first(): Promise<FirstFrame>;
  /** The time of each frame of a journey, in ms; broken off after `limit` ms. */
  steps(limit: number): Promise<readonly number[]>;
}

declare global {
  interface Window {
    bench?: Bench;
  }
}

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
    const prepare = await RENDERERS[name]();
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
    return { took: performance.now() - begin, drawn: mounted.drawn() };
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
