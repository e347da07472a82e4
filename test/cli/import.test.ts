// `irqscope import`: the script of a trace, the comparison of its results, and the kernels that agree.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { importCommand } from '../../src/cli/import.ts';
import { KERNELS } from '../../src/kernel/kernels.ts';

const folder = mkdtempSync(join(tmpdir(), 'irqscope-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

function file(text: string): string {
  const path = join(folder, 'trace.txt');
  writeFileSync(path, text);
  return path;
}

function printed(...args: readonly string[]) {
  let [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    err += String(chunk);
    return true;
  });
  const status = importCommand(args);
  vi.restoreAllMocks();
  return { status, out, err };
}

const REFUSED = `device nvme dynamic
eventfd 6
eventfd 7
set_irqs msix trigger eventfd 0 [6] # => 0
set_irqs msix trigger eventfd 3 [7] # => -1 EINVAL
`;

const STATIC = KERNELS.filter(({ isRelease, generation }) => isRelease && generation === 'static');

describe('import --json', () => {
  test('has the script, the results that differ, and the kernels that agree', () => {
    const { status, out } = printed('--json', file(REFUSED));
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'notation',
      script: REFUSED,
      bad: [],
      assumed: [],
      irrelevant: 1,
      observed: 2,
      differ: 1,
      differAt: [4],
      agree: STATIC.map(({ id }) => id),
      agreeWith: [
        { changes: ['without dynamic allocation'], kernels: expect.arrayContaining(['6.6', '7.3']) },
      ],
    });
  });

  test('names the place of an unreadable line and what is accepted', () => {
    const { status, out } = printed(
      '--json',
      file('vfio_msix_enable  (0000:01:00.0)\nvfio_msix_quux  (0000:01:00.0)\n'),
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'qemu-trace',
      bad: [{ line: 2, column: 1, expected: 'the name of an event in hw/vfio/trace-events' }],
      observed: 0,
      differ: 0,
    });
  });

  test('says which formats are accepted for an unknown text', () => {
    const { status, out, err } = printed('--json', file('hello\n'));
    expect(status).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ format: null, script: '', bad: [{ line: 1, column: 1 }] });
    expect(err).toContain('expected one of these formats: Recording, ');
  });
});

test('--choose changes a guess', () => {
  const path = file(
    'vfio_msix_vector_do_use  (0000:01:00.0) vector 0 used\nvfio_msix_disable  (0000:01:00.0)\n',
  );
  expect(printed(path).out).toContain('Before the trace begins, MSI-X was on');
  expect(printed('--choose', 'before=none', path).out).toContain('unreadable');
  expect(printed('--choose', 'irqfd=loop', path).out).toContain(
    'QEMU’s main loop reads the eventfds, without irqfds',
  );
});

test.each([
  [['--choose', 'x', 'trace.txt'], 'GUESS=VALUE'],
  [['--format', 'x', 'trace.txt'], '--format'],
  [[], 'expected one file, found 0'],
])('refuses %j with the accepted form', (args, says) => {
  const path = file(REFUSED);
  const { status, err } = printed(...args.map((one) => (one === 'trace.txt' ? path : one)));
  expect(status).toBe(2);
  expect(err).toContain(says);
});

test('prints the comparison as sentences', () => {
  const { out } = printed(file(REFUSED));
  expect(out).toContain('1 of 2 results differs, at line 4.');
  expect(out).toContain('line 4: trace -1 EINVAL · model 0');
  expect(out).toContain('The traced results agree with ≤ 6.4, or with ≥ 6.5 without dynamic allocation.');
});

describe('import of a patch', () => {
  const patch = readFileSync(
    new URL('../formats/patch/fixtures/free-on-error.patch', import.meta.url),
    'utf8',
  );

  test('lists the hunks with their functions', () => {
    const { status, out } = printed(file(patch));
    expect(status).toBe(0);
    expect(out).toContain('line 22: 398 -> 398, vfio_msi_drop_irq, vfio_msi_set_vector_signal\n');
    expect(JSON.parse(printed('--json', file(patch)).out)).toMatchObject({
      format: 'patch',
      path: 'drivers/vfio/pci/vfio_pci_intrs.c',
      hunks: [{ line: 22, old: [398, 8], new: [398, 16] }, { functions: ['vfio_msi_set_vector_signal'] }],
    });
  });

  test('refuses a patch of other files', () => {
    const { status, err } = printed(file(patch.replaceAll('vfio_pci_intrs.c', 'vfio_pci_core.c')));
    expect(status).toBe(2);
    expect(err).toContain('expected a unified diff that touches drivers/vfio/pci/vfio_pci_intrs.c');
  });
});
