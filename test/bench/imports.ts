// Measures imports in the built page: from the drop of a file to its script, or to the panel that shows its unreadable lines. The
// naive way reads the same file into one text and splits it into lines, which are not understood then.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { printScript } from '../../src/formats/notation/print.ts';
import { workload } from '../../src/session/workload.ts';
import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, type How } from './figure.ts';
import { bringFile } from './scalePage.ts';
import { newPage, PAGE, withBuilt } from './servedPage.ts';
import { median } from './statistics.ts';

/** Characters of a file: a trace is repeated. */
const SIZE = 12_000_000;
const QUICK_SIZE = 2_000_000;

const TRACES = [
  { label: 'QEMU trace', file: 'traces/qemu-10.0-k-flr.qemu.log' },
  { label: 'ftrace of a kprobe', file: 'traces/dpdk-22.11-rxq.ftrace.txt' },
  { label: 'output of bpftrace', file: 'traces/qemu-11.1-pid.bpftrace-0.27.txt' },
  { label: 'output of strace', file: 'traces/qemu-11.1-k-msix.strace.txt' },
  { label: 'output of strace with interrupts', file: 'traces/qemu-10.0-t-fire.strace.txt.gz' },
  { label: 'output of perf trace', file: 'traces/qemu-7.2-short.perf-trace-6.1.txt' },
] as const;

/** A text to import. */
interface Subject {
  readonly label: string;
  readonly text: string;
  /** Matches what the page shows once it is imported. */
  readonly shown: string;
}

function textOf(file: string): string {
  const bytes = readFileSync(new URL(`../${file}`, import.meta.url));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

function subjects(size: number): readonly Subject[] {
  const shown = '.import-bar, dialog.import[open]';
  // a line of the workload has about 43 characters
  const script = printScript(workload({ lines: Math.round(size / 43), vectors: 2048, seed: 1 }));
  return [
    { label: 'script in notation', text: script, shown },
    ...TRACES.map(({ label, file }) => {
      const text = textOf(file);
      return { label, text: text.repeat(Math.ceil(size / text.length)), shown };
    }),
    {
      label: 'recording, with its comparison',
      text: textOf('recordings/static/exhaust-block@nvme2048.jsonl.gz'),
      shown: 'section.recording',
    },
  ];
}

/** Drops the brought file. Returns the time until the page shows its import, ms. */
function importTime(page: Page, shown: string): Promise<number> {
  return page.evaluate(async (selector) => {
    const transfer = new DataTransfer();
    const file: unknown = Reflect.get(window, 'broughtFile');
    if (!(file instanceof File)) throw new Error('no file');
    transfer.items.add(file);
    const begin = performance.now();
    document.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }),
    );
    while (document.querySelector(selector) === null) {
      const problem = document.querySelector('[role="alert"]')?.textContent ?? '';
      if (problem !== '') throw new Error(problem);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - begin;
  }, shown);
}

/** Reads the brought file into one text and splits it. Returns the time, ms. */
function naiveTime(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const file: unknown = Reflect.get(window, 'broughtFile');
    if (!(file instanceof File)) throw new Error('no file');
    const begin = performance.now();
    const lines = (await file.text()).split('\n');
    if (lines.length < 2) throw new Error('no lines');
    return performance.now() - begin;
  });
}

const NAIVE = 'reading the file and splitting it into lines';

/** The imports part of the bench. */
export async function benchImports({ quick, rounds }: How): Promise<readonly Figure[]> {
  const measured = subjects(quick ? QUICK_SIZE : SIZE).map((subject) => ({
    ...subject,
    own: [] as number[],
    naive: [] as number[],
  }));
  await withBuilt(async (browser) => {
    for (let round = 0; round < rounds; round++)
      for (const { text, shown, own, naive } of measured) {
        const page = await newPage(browser);
        try {
          await page.goto(PAGE);
          await page.locator('.position').waitFor();
          await page.waitForLoadState('networkidle');
          await bringFile(page, text);
          naive.push(await naiveTime(page));
          own.push(await importTime(page, shown));
        } finally {
          await page.close();
        }
      }
  });
  return measured.map(({ label, text, own, naive }) => {
    const rates = own.map((time) => text.length / 1000 / time);
    const compared = comparedTo(NAIVE, median(naive), median(own));
    return figureOf(`import: ${label}`, 'MB/s', rates, compared);
  });
}
