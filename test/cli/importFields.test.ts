// `irqscope import`: the words and the JSON for a text, and the exit status, as docs/import.md describes them.

import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { importCommand } from '../../src/cli/import.ts';

const field = fileURLToPath(new URL('../field/', import.meta.url));
afterEach(() => vi.restoreAllMocks());

function imported(
  name: string,
  ...args: readonly string[]
): { readonly status: number; readonly text: string } {
  let text = '';
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  return { status: importCommand([...args, `${field}${name}.txt`]), text };
}

describe('import', () => {
  test('ends with 0 if every result is as traced, and says how to change each guess', () => {
    const { status, text } = imported('hot-reset-two-functions');
    expect(status).toBe(0);
    expect(text).toContain('All 3 results are as traced.');
    expect(text).toContain('irqscope uses 0000:41:00.1');
    expect(text).toContain('Change it with --choose device=0000:41:00.0.');
    expect(text).toContain('Change it with --choose irqfd=loop.');
    expect(text).toContain('hot_reset # => 0');
  });

  test('uses a choice, and does not give the reason of the reader for it', () => {
    const { text } = imported('hot-reset-two-functions', '--choose', 'before=none');
    expect(text).toContain('Before the trace begins, nothing was on (you chose it)');
    const other = imported('hot-reset-two-functions', '--choose', 'device=0000:41:00.0').text;
    expect(other).toContain('irqscope uses 0000:41:00.0, because you chose it.');
  });

  test('ends with 0 if a result differs too, and names the line and the hosts that agree', () => {
    const { status, text } = imported('msi-retry');
    expect(status).toBe(0);
    expect(text).toContain('line 17: trace 1 · model 0');
    expect(text).toContain('every release without interrupt remapping');
  });

  test('ends with 2 for an unknown format', () => {
    const { status, text } = imported('lspci', '--format', 'unknown');
    expect(status).toBe(2);
    expect(text).toContain('kernel-log');
  });

  test('prints the fields of docs/import.md as JSON', () => {
    const { text } = imported('msi-retry', '--json');
    expect(JSON.parse(text)).toMatchObject({
      format: 'qemu-trace',
      reason: 'line 1 has vfio_msi_setup',
      bad: [],
      guesses: [{ id: 'irqfd', value: 'kvm', values: ['kvm', 'loop'] }],
      irrelevant: 1,
      observed: 2,
      differ: 1,
      differAt: [17],
      agree: [],
      agreeWith: [{ changes: ['without interrupt remapping'] }, {}, {}],
    });
  });
});
