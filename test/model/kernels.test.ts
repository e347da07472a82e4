// The named kernels: their facts, and the kernel that follows from a generation and a host.

import { describe, expect, it } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { chosenKernel, chosenKernelName, KERNELS, kernelById } from '../../src/kernel/kernels.ts';
import { PRESETS, recordedPreset } from '../../src/kernel/presets.ts';
import { recordedHost } from '../../src/kernel/recordedHost.ts';
import { RELEASES, release } from '../../src/kernel/releases.ts';
import { usualHost, usualRelease } from '../../src/kernel/usualHost.ts';
import type { Host } from '../../src/machine/host.ts';
import { chooseFacts } from '../../src/session/edits.ts';
import { emptySession } from '../../src/session/session.ts';

const nameOf = (generation: GenerationId, host: Partial<Host>) =>
  chosenKernelName(chosenKernel(generation, host));

const x86 = (release: string) => ({ release, arch: 'x86_64' });

describe('the named kernels', () => {
  it('offer eight releases, and every generation that is not a release', () => {
    const offered = KERNELS.filter((one) => one.offered);
    expect(offered.filter(({ isRelease }) => isRelease).map(({ label }) => label)).toEqual([
      ...['5.10', '6.1', '6.4 as released', '6.6', '6.12', '6.18', '7.2', '7.3'],
    ]);
    const others = GENERATIONS.map(({ id }) => id).filter((id) => id !== 'static' && id !== 'dynamic');
    expect(offered.filter(({ isRelease }) => !isRelease).map(({ id }) => id)).toEqual(others);
  });

  it('have unique ids', () => {
    expect(new Set(KERNELS.map(({ id }) => id)).size).toBe(KERNELS.length);
    expect(KERNELS.map(({ id }) => kernelById(id))).toEqual(KERNELS);
    expect(kernelById('9.9')).toBeUndefined();
  });

  it.each(GENERATIONS.map(({ id }) => id))('%s: the usual host is the host of the table', (id) => {
    const usual = usualHost(id);
    expect(usual).toEqual({ ...usual, ...release(usualRelease(id)).facts });
    expect(usual).toEqual(recordedPreset(id).host);
  });
});

describe('the chosen kernel', () => {
  it.each(KERNELS.filter(({ offered }) => offered).map((one) => [one.label, one] as const))(
    '%s: a choice sets generation and facts, from which the name follows',
    (label, kernel) => {
      const before = emptySession('v2', 'nvme');
      const host = { ...before.setup.host, irqRemapping: false, cpuVectors: 3 };
      const session = { ...before, setup: { ...before.setup, host } };
      const after = chooseFacts(session, kernel.generation, kernel.release.facts);
      expect(nameOf(after.generation, after.setup.host)).toBe(label);
      expect(after.setup.host).toMatchObject({ irqRemapping: false, cpuVectors: 3 });
    },
  );

  it.each(RELEASES.map((one) => [one.id, one] as const))(
    '%s has its own name',
    (id, { generation, facts }) => {
      expect(chosenKernel(generation, { ...usualHost(generation), ...facts }).kernel.id).toBe(id);
    },
  );

  it('of a recording is the release of its header, also where another one has the same facts', () => {
    expect(nameOf('dynamic', recordedHost(x86('6.17.13+deb13-amd64')))).toBe('6.17');
    expect(nameOf('dynamic', recordedHost(x86('6.18.15+deb13-amd64')))).toBe('6.18');
    expect(nameOf('dynamic', recordedHost(x86('6.12.113+deb12-amd64')))).toBe('6.12.111');
  });

  it('is an offered release where a link does not name one', () => {
    const { release: _, ...unnamed } = { ...usualHost('dynamic'), ...release('6.17').facts };
    expect(nameOf('dynamic', unnamed)).toBe('6.18');
  });

  it('names the release of the facts, or changed facts', () => {
    expect(nameOf('v3', { ...usualHost('v3'), ...release('6.4').facts })).toBe('V3 patch, facts of 6.4');
    expect(nameOf('dynamic', { ...usualHost('dynamic'), intx: 'legacy' })).toBe('6.12, changed facts');
  });

  it('exists for every preset and every release', () => {
    for (const { generation, host } of PRESETS) expect(nameOf(generation, host)).not.toContain('changed');
    for (const one of RELEASES) {
      expect(chosenKernel(one.generation, { ...usualHost('dynamic'), ...one.facts }).exact).toBe(true);
    }
  });
});
