// Compares the generations' files: they differ only in the subject of the debate.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GENERATION_IDS } from '../../src/kernel/generations/generation.ts';

const FOLDER = join(import.meta.dirname, '../../src/kernel/generations');

function lines(file: string): readonly string[] {
  // assembled.ts uses some functions of these files, so that they are exported from one file and not from another
  return readFileSync(join(FOLDER, file), 'utf8')
    .replaceAll(/^export (?=function)/gm, '')
    .split('\n');
}

/** Returns the lines that only one of the files has, by a longest common subsequence. */
function onlyIn(a: readonly string[], b: readonly string[]): { a: string[]; b: string[] } {
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = length[i] ?? [];
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const only = { a: [] as string[], b: [] as string[] };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      only.a.push((a[i++] ?? '').trim());
    } else {
      only.b.push((b[j++] ?? '').trim());
    }
  }
  return only;
}

/** Keeps the lines with code: no comments, no names of the file's own generation, no braces. */
function telling(found: readonly string[]): readonly string[] {
  return found.filter(
    (line) => !/^(\/\/|\/\*\*|\*|export const|id:|label:|policy:|[{}();,]*$)/.test(line) && line !== '',
  );
}

describe('v3.ts beside dynamic.ts', () => {
  const only = onlyIn(lines('v3.ts'), lines('dynamic.ts'));

  it('adds only vfio_msi_free_irq and its four calls', () => {
    expect(telling(only.a)).toEqual([
      'pci_msix_free_irq,',
      'function vfio_msi_free_irq(k: Kernel, vector: number, msix: boolean): void {',
      "k.callVoid('vfio_msi_free_irq', { vector, msix: Number(msix) }, () => {",
      'if (!msix || !k.vdev.has_dyn_msix) return;',
      'const irq = pci_irq_vector(k, vector);',
      'if (irq < 0) return;',
      'const cmd = vfio_pci_memory_lock_and_enable(k);',
      'pci_msix_free_irq(k, vector, irq);',
      'vfio_pci_memory_unlock_and_restore(k, cmd);',
      'if (vfio_irq_ctx_alloc(k, vector) < 0) {',
      'vfio_msi_free_irq(k, vector, msix);',
      'return -ENOMEM;',
      'vfio_msi_free_irq(k, vector, msix);',
      'vfio_msi_free_irq(k, vector, msix);',
      'vfio_msi_free_irq(k, vector, msix);',
    ]);
  });

  it('has one line in dynamic.ts that its own error path replaces', () => {
    expect(telling(only.b)).toEqual(['if (vfio_irq_ctx_alloc(k, vector) < 0) return -ENOMEM;']);
  });
});

describe('track.ts beside v3.ts', () => {
  const only = onlyIn(lines('track.ts'), lines('v3.ts'));

  it('adds only the memory of a fresh irq and its test before each of the four calls', () => {
    expect(telling(only.a)).toEqual([
      'let isFresh = false;',
      'isFresh = pci_irq_vector(k, vector) < 0;',
      ...new Array<string>(4).fill('if (isFresh) vfio_msi_free_irq(k, vector, msix);'),
    ]);
    expect(telling(only.b)).toEqual(new Array<string>(4).fill('vfio_msi_free_irq(k, vector, msix);'));
  });
});

describe('hold.ts beside dynamic.ts', () => {
  const only = onlyIn(lines('hold.ts'), lines('dynamic.ts'));

  it('adds only the swap', () => {
    expect(telling(only.a)).toEqual([
      'irq_update_devid,',
      'if (old !== undefined && old.trigger !== null && fd >= 0) {',
      'const { ret: fdget, ev } = eventfd_ctx_fdget(k, fd);',
      'if (fdget < 0) return fdget;',
      'irq = pci_irq_vector(k, vector);',
      'irq_bypass_unregister_producer(k, irq, old.producer ? old.trigger : null);',
      'irq_update_devid(k, irq, old.trigger, ev);',
      'eventfd_ctx_put(k, old.trigger);',
      'const producer = irq_bypass_register_producer(k, irq, ev) === 0;',
      'setCtx(k, vector, { trigger: ev, producer });',
      'return 0;',
    ]);
    expect(telling(only.b)).toEqual([]);
  });
});

describe('every generation', () => {
  it.each(GENERATION_IDS.map((id) => `${id}.ts`))('%s has no test for the generation', (file) => {
    expect(
      lines(file).filter((line) => /generation\.id|=== '(static|v2|v3|dynamic|track|hold)'/.test(line)),
    ).toEqual([]);
  });
});
