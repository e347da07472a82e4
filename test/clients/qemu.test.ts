// QEMU's ioctls against docs/clients.md, row by row.

import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/clients/client.ts';
import { afterActions, held, ioctls, opened, sent } from './acting.ts';

const ENABLE: Action = { kind: 'enable-msix' };
const DISABLE: Action = { kind: 'disable-msix' };
const unmask = (vector: number): Action => ({ kind: 'unmask', vector });
const mask = (vector: number): Action => ({ kind: 'mask', vector });

const INTX_DOWN = ['0,0x09,0,1', '0,0x11,0,1', '0,0x21,0,0'];
const INTX_UP = ['0,0x24,0,1,[intx]', '0,0x09,0,1', '0,0x14,0,1,[resample]', '0,0x11,0,1'];
const OLD = ['qemu-7.0', 'qemu-7.1'] as const;
const ALL = [...OLD, 'qemu-8.2'] as const;

describe('opening (section 5)', () => {
  test.each(ALL)('%s sets up INTx with a resample eventfd, ERR and REQ', (id) => {
    expect(ioctls(opened(id).lines)).toEqual([
      'info 2',
      'info 0',
      ...INTX_UP,
      'info 3',
      '3,0x24,0,1,[err]',
      '4,0x24,0,1,[req]',
    ]);
  });

  test('sets up no ERR on a device without PCI Express', () => {
    const lines = ioctls(opened('qemu-8.2', 'dynamic', { device: 'edu' }).lines);
    expect(lines.includes('3,0x24,0,1,[err]')).toBe(false);
  });
});

describe('before 8.2 (section 2)', () => {
  test.each(OLD)('%s: enabling with every vector masked attaches vector 0 to the main loop', (id) => {
    const now = opened(id).act(ENABLE);
    expect(ioctls(now.lines)).toEqual([...INTX_DOWN, '2,0x21,0,0', '2,0x24,0,1,[u0]']);
    // disabling a mode that is not enabled fails without consequences (disable-variants#2)
    expect(now.runs.map(({ errno }) => errno).filter((errno) => errno !== null)).toEqual(['EINVAL']);
    expect(held(now)).toBe('S={0} A={0}');
  });

  test('before 7.1: vectors that are already unmasked are attached one by one', () => {
    expect(sent(opened('qemu-7.0'), [unmask(2), unmask(0), ENABLE])).toEqual([
      [],
      [],
      [
        ...INTX_DOWN,
        '2,0x21,0,0',
        '2,0x24,0,1,[u0]',
        '2,0x24,0,1,[k0]',
        '2,0x21,0,0',
        '2,0x24,0,3,[k0,−1,k2]',
      ],
    ]);
  });

  test('7.1: vectors that are already unmasked are attached in one call, −1 for the unused', () => {
    expect(sent(opened('qemu-7.1'), [unmask(2), unmask(0), ENABLE])[2]).toEqual([
      ...INTX_DOWN,
      '2,0x24,0,3,[k0,−1,k2]',
    ]);
  });

  test.each(OLD)('%s: growing switches MSI-X off and on (worked example, section 3)', (id) => {
    const actions = [ENABLE, unmask(0), unmask(1), unmask(2)];
    expect(sent(opened(id, 'static'), actions)).toEqual([
      [...INTX_DOWN, '2,0x21,0,0', '2,0x24,0,1,[u0]'],
      ['2,0x24,0,1,[k0]'],
      ['2,0x21,0,0', '2,0x24,0,2,[k0,k1]'],
      ['2,0x21,0,0', '2,0x24,0,3,[k0,k1,k2]'],
    ]);
    expect(held(afterActions(opened(id, 'static'), actions))).toBe('S={0,1,2} A={0,1,2}');
  });

  test.each(OLD)('%s also works on a new kernel', (id) => {
    expect(sent(opened(id), [ENABLE, unmask(3)])[1]).toEqual(['2,0x21,0,0', '2,0x24,0,4,[u0,−1,−1,k3]']);
  });

  test('k vectors unmasked one by one take k − 1 full cycles', () => {
    const all = sent(opened('qemu-7.1'), [ENABLE, ...[0, 1, 2, 3, 4, 5].map(unmask)])
      .slice(1)
      .flat();
    expect(all.filter((call) => call === '2,0x21,0,0')).toHaveLength(5);
  });

  test.each(OLD)('%s: a disable first attaches the vectors to the main loop', (id) => {
    expect(sent(opened(id), [ENABLE, unmask(0), unmask(1), DISABLE])[3]).toEqual([
      '2,0x24,0,1,[u0]',
      '2,0x24,1,1,[u1]',
      '2,0x21,0,0',
      ...INTX_UP,
    ]);
  });
});

describe('8.2 and later (section 3)', () => {
  test('enabling with every vector masked: MSI-X on, vector 0 cached, no vector attached', () => {
    for (const canAllocDyn of [true, false]) {
      const now = opened('qemu-8.2', 'dynamic', { canAllocDyn }).act(ENABLE);
      expect(ioctls(now.lines)).toEqual([...INTX_DOWN, '2,0x24,0,1,[−1]']);
      expect(held(now)).toBe('S={0} A={}');
    }
  });

  test('worked example: three vectors on a dynamic kernel', () => {
    const steps = [ENABLE, unmask(0), unmask(1), unmask(2)];
    expect(sent(opened('qemu-8.2'), steps).slice(1)).toEqual([
      ['2,0x24,0,1,[k0]'],
      ['2,0x24,1,1,[k1]'],
      ['2,0x24,2,1,[k2]'],
    ]);
    expect(steps.map((_, at) => held(afterActions(opened('qemu-8.2'), steps.slice(0, at + 1))))).toEqual([
      'S={0} A={}',
      'S={0} A={0}',
      'S={0,1} A={0,1}',
      'S={0,1,2} A={0,1,2}',
    ]);
  });

  test('NORESIZE (a static kernel, or no dynamic domain): MSI-X off and on', () => {
    for (const start of [
      opened('qemu-8.2', 'static'),
      opened('qemu-8.2', 'dynamic', { canAllocDyn: false }),
    ]) {
      expect(sent(start, [ENABLE, unmask(0), unmask(2), unmask(1)]).slice(1)).toEqual([
        ['2,0x21,0,0', '2,0x24,0,1,[k0]'],
        ['2,0x21,0,0', '2,0x24,0,3,[k0,−1,k2]'],
        ['2,0x24,1,1,[k1]'],
      ]);
    }
  });

  test('with unmasked vectors: enables first without a vector, then attaches those in use', () => {
    const now = afterActions(opened('qemu-8.2'), [unmask(1), unmask(3), ENABLE]);
    expect(ioctls(now.lines)).toEqual([...INTX_DOWN, '2,0x24,0,1,[−1]', '2,0x24,0,4,[−1,k1,−1,k3]']);
    // only used vectors get an irq, plus vector 0
    expect(held(now)).toBe('S={0,1,3} A={1,3}');
    const still = afterActions(opened('qemu-8.2', 'static'), [unmask(1), unmask(3), ENABLE]);
    expect(ioctls(still.lines)).toEqual([...INTX_DOWN, '2,0x24,0,4,[−1,k1,−1,k3]']);
    expect(held(still)).toBe('S={0,1,2,3} A={1,3}');
  });

  test('a skipped vector below nr_vectors is allocated when it is unmasked', () => {
    const now = afterActions(opened('qemu-8.2'), [ENABLE, unmask(5), unmask(2)]);
    expect(ioctls(now.lines)).toEqual(['2,0x24,2,1,[k2]']);
    expect(held(now)).toBe('S={0,2,5} A={2,5}');
  });

  test('a disable always disables the index, also without a used vector', () => {
    expect(sent(opened('qemu-8.2'), [ENABLE, DISABLE])[1]).toEqual(['2,0x21,0,0', ...INTX_UP]);
  });
});

describe.each(ALL)('%s, in every version', (id) => {
  test('masking attaches the main loop’s eventfd, unmasking KVM’s; neither sends −1', () => {
    const start = afterActions(opened(id), [ENABLE, unmask(0)]);
    expect(sent(start, [mask(0), unmask(0), mask(3)])).toEqual([
      ['2,0x24,0,1,[u0]'],
      ['2,0x24,0,1,[k0]'],
      [],
    ]);
  });

  test('the function mask masks every unmasked vector', () => {
    const start = afterActions(opened(id, 'dynamic'), [unmask(0), ENABLE]);
    expect(
      sent(start, [
        { kind: 'function-mask', on: true },
        { kind: 'function-mask', on: false },
      ]),
    ).toEqual([['2,0x24,0,1,[u0]'], ['2,0x24,0,1,[k0]']]);
  });

  test('a reset disables interrupts, resets, and sets up INTx', () => {
    const lines = sent(afterActions(opened(id), [ENABLE, unmask(0)]), [{ kind: 'reset' }])[0] ?? [];
    expect(lines).toEqual(['2,0x24,0,1,[u0]', '2,0x21,0,0', ...INTX_UP, ...INTX_DOWN, 'reset', ...INTX_UP]);
  });

  test('MSI: retries with the available number of vectors (section 4, msi-multi@xhcinoir#16)', () => {
    const start = opened(id, 'dynamic', { device: 'xhci' });
    const calls = sent(start, [{ kind: 'enable-msi', count: 4 }, { kind: 'disable-msi' }]);
    expect(calls).toEqual([
      [
        ...INTX_DOWN,
        '1,0x24,0,4,[k0,k1,k2,k3]',
        ...(start.machine.host.irqRemapping ? [] : ['1,0x24,0,1,[k0]']),
      ],
      ['1,0x21,0,0', ...INTX_UP],
    ]);
  });

  test('no call of an ordinary guest fails except the disable before the first vector', () => {
    const actions = [ENABLE, unmask(0), unmask(4), mask(0), unmask(0), DISABLE, ENABLE, unmask(1), DISABLE];
    let now = opened(id);
    const failures: string[] = [];
    for (const action of actions) {
      now = now.act(action);
      now.runs.forEach((run, at) => {
        if (run.errno !== null) failures.push(`${run.errno} ${ioctls(now.lines.slice(at, at + 1)).join()}`);
      });
    }
    // the guest's vectors are already unmasked at the second enable, and 7.1 attaches them in one call
    const times = { 'qemu-7.0': 2, 'qemu-7.1': 1, 'qemu-8.2': 0 }[id];
    expect(failures).toEqual(Array.from({ length: times }, () => 'EINVAL 2,0x21,0,0'));
  });
});
