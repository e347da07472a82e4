// Facts by release: the table is complete, kernels are found by their `uname -r`, each fact has its effect, and the code of
// the generations reads facts only.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { line, type Op } from '../../src/kernel/line.ts';
import { PRESETS, presetOf, recordedPreset } from '../../src/kernel/presets.ts';
import { recordedHost } from '../../src/kernel/recordedHost.ts';
import { FACT_WORDS, RELEASE_SOURCES } from '../../src/kernel/releaseSources.ts';
import { RELEASES, release, releaseOf } from '../../src/kernel/releases.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { deviceByName } from '../../src/machine/devices.ts';
import type { Host } from '../../src/machine/host.ts';

const GENERATIONS = join(import.meta.dirname, '../../src/kernel/generations');

function runs(id: GenerationId, host: Host, device: string, ops: readonly Op[]) {
  const found = deviceByName(device);
  if (found === undefined) throw new Error(`no device ${device}`);
  let machine = bootMachine(found, host);
  return ops.map((op) => {
    const made = run(generation(id), machine, line(op), { frames: true });
    machine = made.after;
    return made;
  });
}

const bind = (index: number, ...fds: readonly number[]): Op => ({
  op: 'set_irqs',
  argsz: 20 + 4 * fds.length,
  flags: 36,
  index,
  start: 0,
  count: fds.length,
  data: { kind: 'i32', values: fds },
});
const eventfd = (fd: number): Op => ({ op: 'eventfd', fd, initval: 0n, semaphore: false });

describe('the table of releases', () => {
  it('lists releases in order, with unique ids and a source for every fact', () => {
    const order = RELEASES.map(({ order: [major, minor, patch] }) => major * 1e6 + minor * 1e3 + patch);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(RELEASES.map(({ id }) => id)).size).toBe(RELEASES.length);
    for (const { facts, sinceMsix } of Object.values(RELEASE_SOURCES)) {
      expect(Object.keys(facts).sort()).toEqual(FACT_WORDS.map(({ name }) => name).sort());
      expect(Object.values(facts).every(({ source }) => source.length > 8)).toBe(true);
      expect(sinceMsix).toMatch(/^(Same|The) .*\.$/);
    }
  });

  it('marks every fact of 6.4 and 6.6 as read, because neither was recorded', () => {
    for (const id of ['6.4', '6.6'] as const) {
      expect(release(id).version).toBeNull();
      const { facts } = RELEASE_SOURCES[id];
      expect(Object.values(facts).every(({ evidence }) => evidence === 'read')).toBe(true);
    }
  });

  it('offers the kernels of the list', () => {
    const offered = RELEASES.filter((one) => one.offered).map(({ id }) => id);
    expect(offered).toEqual(['5.10', '6.1', '6.4', '6.6', '6.12', '6.18', '7.2', '7.3']);
  });

  it.each([
    ['5.10.0-32-amd64', '5.10'],
    ['5.4.0', '5.10'],
    ['5.11.0', '5.11'],
    ['5.14.21', '5.11'],
    ['5.15.0-100-generic', '5.15'],
    ['6.0.12', '5.15'],
    ['6.2.0-39-generic', '6.4'],
    ['6.4.16', '6.4'],
    ['6.5.0-44-generic', '6.6'],
    ['6.6.30', '6.6'],
    ['6.1.0-53-amd64', '6.1.187'],
    ['6.1.0-54-amd64', '6.1.190'],
    ['6.1.0-56-amd64', '6.1'],
    ['6.1.200', '6.1'],
    ['6.8.0-50-generic', '6.6'],
    ['6.12.57+deb13-amd64', '6.12.57'],
    ['6.12.107+deb12-amd64', '6.12.107'],
    ['6.12.113+deb12-amd64', '6.12.111'],
    ['6.12.117+deb12-amd64', '6.12'],
    ['6.16.12+deb13-amd64', '6.16'],
    ['6.17.13+deb13-amd64', '6.17'],
    ['6.18.15+deb13-amd64', '6.18'],
    ['7.0.0', '6.18'],
    ['7.2.13+deb13-amd64', '7.2'],
    ['7.3.4+deb13-amd64', '7.3'],
    ['7.4.0-rc1', '7.3'],
    ['unknown', '5.10'],
  ])('finds the release of %s', (uname, id) => {
    expect(releaseOf(uname).id).toBe(id);
  });

  it('gives each offered release a preset, which its facts find again', () => {
    for (const one of RELEASES.filter(({ offered }) => offered)) {
      const uname = one.version ?? one.order.join('.');
      const preset = presetOf(one.generation, recordedHost({ release: uname, arch: 'x86_64' }));
      expect(preset?.host).toMatchObject(one.facts);
    }
    for (const preset of PRESETS) expect(presetOf(preset.generation, preset.host)).toBe(preset);
  });

  it('finds the recorded kernel for the facts that older links name', () => {
    expect(presetOf('static', { intx: 'persistent', errReq: 'plain' })?.id).toBe('linux-6.1');
    expect(presetOf('dynamic', { intx: 'persistent', errReq: 'rcu' })?.id).toBe('linux-6.12');
  });
});

describe('generations', () => {
  it.each(readdirSync(GENERATIONS).filter((name) => name.endsWith('.ts')))(
    '%s reads facts, not releases',
    (name) => {
      const text = readFileSync(join(GENERATIONS, name), 'utf8');
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replaceAll(/(label|policy): '.*'/g, '');
      expect(code).not.toMatch(/releases\.ts|presets\.ts|\brelease\w*\(|\buname\b|['"`]\d+\.\d+/);
    },
  );
});

describe('facts of a release', () => {
  const of = (id: string): Host => ({ ...recordedPreset('dynamic').host, ...release(id).facts });
  const lastErrno = (id: string, pin: Host['pin']) =>
    runs(release(id).generation, { ...of(id), pin }, 'e1000e', [eventfd(100), bind(0, 100)]).at(-1);

  it.each([
    ['not-connected', '6.6', 'ENOTCONN', 'intx.not-connected'],
    ['not-connected', '6.12', 'EINVAL', 'set_irqs.start'],
    ['not-connected', '7.3', 'EINVAL', 'set_irqs.start'],
    ['no-irq', '6.6', 'ENODEV', 'intx.no-pin'],
    ['no-irq', '6.12', 'ENODEV', 'intx.no-pin'],
    ['no-irq', '6.18', 'EINVAL', 'set_irqs.start'],
    ['connected', '7.3', null, null],
  ] as const)('a pin that is %s fails on %s with %s', (pin, id, errno, check) => {
    expect(lastErrno(id, pin)).toMatchObject({ errno, check });
  });

  it('leaves INTx disabled after a pin without an irq', () => {
    for (const id of ['6.4', '6.6', '6.12', '7.3']) {
      for (const pin of ['not-connected', 'no-irq'] as const) {
        const after = lastErrno(id, pin)?.after;
        expect(after?.vdev.intx).toBeNull();
        expect(after?.eventfds.get(0)?.refs).toBe(1);
      }
    }
  });

  it('unwinds a failed block of the released static driver downwards', () => {
    const order = (id: string) =>
      runs('static', of(id), 'nvme', [eventfd(100), eventfd(101), bind(2, 100, 101, 777)])
        .at(-1)
        ?.frames.flatMap(({ fn, args }) => (fn === 'free_irq' ? [args['irq']] : []));
    expect(order('6.1')).toEqual([25, 26]);
    expect(order('6.4')).toEqual([26, 25]);
    expect(order('5.10')).toEqual([26, 25]);
  });

  it('reads the UNMASK eventfd from 5.11 on', () => {
    const reads = (uname: string) => releaseOf(uname).facts.unmaskReads;
    expect(['5.4.0', '5.10.223'].map(reads)).toEqual([false, false]);
    expect(['5.11.0', '5.15.0-100-generic', '6.0.12', '6.1.0-56-amd64'].map(reads)).not.toContain(false);
  });

  it.each([
    [4, '6.1', 'EINVAL'],
    [16, '6.1', null],
    [16, '6.12', 'EINVAL'],
    [16, '7.3', 'EINVAL'],
  ] as const)('a write of %i bytes to an eventfd on %s gives %s', (size, id, errno) => {
    const made = runs('dynamic', of(id), 'nvme', [
      eventfd(100),
      { op: 'write', fd: 100, value: 5n, size },
    ]).at(-1);
    expect(made?.errno ?? null).toBe(errno);
    expect(made?.after.eventfds.get(0)?.count).toBe(errno === null ? 5n : 0n);
  });

  it('names the warnings of a reset', () => {
    const log = (id: string) =>
      runs('dynamic', of(id), 'nvme', [{ op: 'reset' }])[0]?.happenings.flatMap((one) =>
        one.kind === 'log' ? [one.text] : [],
      );
    expect(log('6.12')).toEqual([]);
    expect(log('6.18')).toEqual(['vfio-pci 0000:00:04.0: resetting', 'vfio-pci 0000:00:04.0: reset done']);
  });

  it('passes the eventfd before the irq to the bypass registry from 6.17 on', () => {
    const args = (id: string) =>
      runs('dynamic', of(id), 'nvme', [eventfd(100), bind(2, 100)])
        .at(-1)
        ?.frames.find(({ fn }) => fn === 'irq_bypass_register_producer')?.args;
    expect(Object.keys(args('6.12') ?? {})).toEqual(['irq', 'ev']);
    expect(Object.keys(args('7.3') ?? {})).toEqual(['ev', 'irq']);
  });

  it('resets a function by byte, word and double word of its device control', () => {
    const resets = (off: number, size: number, value: number, device = 'nvme') =>
      runs('dynamic', of('7.3'), device, [{ op: 'cfg_write', off, size, value }])[0]?.frames.filter(
        ({ fn }) => fn === 'pci_try_reset_function',
      ).length;
    expect(resets(0x89, 1, 0x80)).toBe(1);
    expect(resets(0x88, 2, 0x8000)).toBe(1);
    expect(resets(0x88, 4, 0x0000_8000)).toBe(1);
    expect(resets(0x88, 2, 0x7fff)).toBe(0);
    expect(resets(0x88, 1, 0xff)).toBe(0);
    expect(resets(0x88, 2, 0x8000, 'e1000e')).toBe(0);
  });
});
