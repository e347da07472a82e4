// `irqscope kernels`, and `--kernel` of the other commands.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { isOf } from '../../src/cli/checkRecordings.ts';
import { conformanceCommand } from '../../src/cli/conformance.ts';
import { exploreCommand } from '../../src/cli/explore.ts';
import { kernelsCommand } from '../../src/cli/kernels.ts';
import { replayCommand } from '../../src/cli/replay.ts';
import { KERNELS, kernelById } from '../../src/kernel/kernels.ts';
import { FACT_WORDS } from '../../src/kernel/releaseSources.ts';

const folder = mkdtempSync(join(tmpdir(), 'irqscope-kernels-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const RECORDINGS = join(import.meta.dirname, '../recordings');

function printed(
  command: (args: readonly string[]) => number,
  ...args: readonly string[]
): { readonly status: number; readonly text: string } {
  let text = '';
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  return { status: command(args), text };
}

function file(script: string): string {
  const path = join(folder, 'script.txt');
  writeFileSync(path, script);
  return path;
}

describe('kernels', () => {
  test('lists every kernel with value, evidence and source of its facts', () => {
    const { status, text } = printed(kernelsCommand);
    expect(status).toBe(0);
    for (const { id, label } of KERNELS) expect(text).toContain(`${id}: ${label}, `);
    expect(text).toMatch(
      /^6\.6: 6\.6, ≥ 6\.5 dynamic, read, not recorded; facts: 0 recorded, 10 only read$/m,
    );
    expect(text).toMatch(/^ {2}errIndex +any +recorded: docs\/facts\.md N2, .*4e3c1fc8abcb \(7\.3\)$/m);
    expect(text).toContain(
      '"[PATCH V3 09/10] vfio/pci: Support dynamic MSI-X", Reinette Chatre, 18 April 2023',
    );
  });

  test('prints the same as JSON', () => {
    const { text } = printed(kernelsCommand, '--json');
    const kernels: unknown = JSON.parse(text);
    expect(kernels).toHaveLength(KERNELS.length);
    expect(kernels).toContainEqual(
      expect.objectContaining({ id: '7.3', generation: 'dynamic', version: '7.3.4', offered: true }),
    );
    for (const { name } of FACT_WORDS) expect(text.split(`"${name}"`)).toHaveLength(KERNELS.length + 1);
  });

  test('rejects files and generations', () => {
    expect(printed(kernelsCommand, 'file').status).toBe(2);
    expect(printed(kernelsCommand, '--generation', 'v2').status).toBe(2);
  });
});

describe('--kernel', () => {
  test('names the known kernels when it has another value', () => {
    const { status, text } = printed(replayCommand, '--kernel', '9.9', file(''));
    expect(status).toBe(2);
    expect(text).toMatch(/--kernel: expected one of 5\.10, .*7\.3, v2, v3.*, found 9\.9/);
    expect(printed(replayCommand, '--kernel', '7.3', '--generation', 'v2', file('')).status).toBe(2);
  });

  test('replays a script on the facts of the kernel, also on a device of the script', () => {
    const info = 'device edu\nirq_info err\n';
    const errno = (id: string) =>
      JSON.parse(printed(replayCommand, '--kernel', id, '--json', file(info)).text).errno as unknown;
    expect(errno('6.12')).toBe('EINVAL');
    expect(errno('7.3')).toBeNull();
    expect(errno('v3')).toBe('EINVAL');
  });

  test('replaces the release facts of a script, and keeps those of its machine', () => {
    const script = 'device edu host.errIndex=any nodyn\nirq_info err\nirq_info msix\n';
    const { text } = printed(replayCommand, '--kernel', '6.12', '--json', file(script));
    expect(text).toContain('"errno":"EINVAL"');
  });

  test('compares kernels in a search, and prints a script that names their facts', () => {
    const differ = ['--vectors', '2', '--question', 'differ-state'];
    const found = printed(exploreCommand, '--kernel', '7.3', '--against', '6.1', ...differ);
    expect(found.status).toBe(0);
    expect(found.text).toContain('found: ');
    expect(found.text).toMatch(/^device nvme .*dynamic.* host\.errIndex=any/m);
    const proven = printed(exploreCommand, '--kernel', '5.10', '--against', '6.1', ...differ);
    expect(proven.text).toContain('proven impossible');
    expect(printed(exploreCommand, '--kernel', '7.3', '--generation', 'v2', ...differ).status).toBe(2);
  });

  test('compares only the recordings of that kernel', () => {
    const compared = (id: string, name: string): unknown => {
      const path = join(RECORDINGS, name);
      return JSON.parse(printed(conformanceCommand, '--kernel', id, '--json', path).text);
    };
    const own = compared('7.3', 'memory-off/linux-7.3');
    expect(own).toMatchObject({ mismatches: 0 });
    expect(own).not.toMatchObject({ recordings: 0 });
  });

  test.each(['track', 'hold'])('replays and searches the proposal %s', (id) => {
    const script = 'device nvme\neventfd 10\nset_irqs msix trigger eventfd 0 [10]\n';
    expect(printed(replayCommand, '--kernel', id, file(script)).status).toBe(0);
    const asked = ['--vectors', '3', '--question', 'differ-state'];
    const { status, text } = printed(exploreCommand, '--kernel', id, '--against', 'v3', ...asked);
    expect(status).toBe(0);
    expect(text).toContain(`found: Vector 0: ${id} (proposed): allocated; V3 patch: no irq.`);
    expect(text).toMatch(new RegExp(`^device nvme .*${id}$`, 'm'));
  });

  test('fails when it finds no recording of the kernel, and reports a proposal as a proposal', () => {
    const folder = join(RECORDINGS, 'memory-off/linux-7.3');
    expect(printed(conformanceCommand, '--kernel', '6.18', folder)).toEqual({
      status: 2,
      text: expect.stringMatching(/found none$/m),
    });
    for (const option of ['--kernel', '--generation'])
      expect(printed(conformanceCommand, option, 'track', folder)).toEqual({
        status: 2,
        text: expect.stringContaining('found none: no kernel has the proposal track\n'),
      });
  });

  test('finds the kernel of a recording by its release, or by its patch', () => {
    const header = { driver: 'dynamic', release: '6.12.117+deb13-amd64' } as Parameters<typeof isOf>[1];
    const kernel = (id: string) => kernelById(id) ?? expect.fail();
    expect(isOf(kernel('6.12'), header)).toBe(true);
    expect(isOf(kernel('6.18'), header)).toBe(false);
    expect(isOf(kernel('v3'), { ...header, driver: 'v3' })).toBe(true);
    expect(isOf(kernel('6.12'), { ...header, driver: 'v3' })).toBe(false);
  });
});
