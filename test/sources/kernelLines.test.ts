// The recorded lines of kernel functions and checks. With KERNEL_SRC=DIR, where DIR is an unpacked source tree of one of the
// recorded releases, every line is looked up again in that tree.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../build/kernelLines.ts';
import { CHECK_IDS } from '../../src/kernel/checks.ts';
import { FUNCTION_WORDS } from '../../src/views/trace/functions.ts';
import { KERNEL_LINES } from '../../src/views/trace/kernelLines.ts';
import { ERRNO_TERMS } from '../../src/views/words/glossaryFields.ts';

const ENTRY = /^(?:[\w./-]+\.[ch]:[1-9]\d*|- \S.*)$/;

describe.each(Object.entries(KERNEL_LINES))('lines of %s', (release, { symbols, checks }) => {
  test('has a line or a reason for every function that the model calls', () => {
    for (const fn of Object.keys(FUNCTION_WORDS)) expect(symbols[fn], fn).toMatch(ENTRY);
  });

  test('has a line or a reason for every check', () => {
    for (const id of CHECK_IDS) expect(checks[id], id).toMatch(ENTRY);
  });

  test('has the line of every errno in the glossary', () => {
    for (const { term } of ERRNO_TERMS) expect(symbols[term], term).toMatch(/errno.*\.h:\d+$/);
  });

  test('gives reasons only for names that a posting or another release has', () => {
    const absent = [...Object.entries(symbols), ...Object.entries(checks)].filter(([, where]) =>
      where.startsWith('- '),
    );
    for (const [name, where] of absent) {
      const elsewhere = Object.values(KERNEL_LINES).some((one) =>
        /:\d+$/.test({ ...one.symbols, ...one.checks }[name] ?? ''),
      );
      expect(elsewhere || /posting|device model|irqscope/.test(where), `${release} ${name}`).toBe(true);
    }
  });
});

const tree = process.env['KERNEL_SRC'] ?? '';

describe('KERNEL_SRC', () => {
  test.skipIf(tree === '')(
    'has every recorded line at its place in the table (skipped: set KERNEL_SRC=DIR)',
    () => {
      const release = releaseOfTree(tree);
      expect(KERNEL_LINES, `${tree} is ${release}, whose lines are not recorded`).toHaveProperty([release]);
      expect(linesOf(tree, release)).toEqual(KERNEL_LINES[release]);
    },
  );
});

/** The tag of a tree, from the first lines of its Makefile. */
function releaseOfTree(folder: string): string {
  const path = join(folder, 'Makefile');
  if (!existsSync(path))
    throw new Error(`KERNEL_SRC=${folder}: no Makefile; expected an unpacked kernel source`);
  const text = readFileSync(path, 'utf8');
  const part = (name: string) => new RegExp(`^${name} = (\\d+)`, 'm').exec(text)?.[1] ?? '';
  return `v${part('VERSION')}.${part('PATCHLEVEL')}.${part('SUBLEVEL')}`;
}
