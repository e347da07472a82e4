// A reader's test: side by side, the generations differ in what the debate was about and in nothing else.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../src/kernel/generations');

function lines(file: string): readonly string[] {
  return readFileSync(join(FOLDER, file), 'utf8').split('\n');
}

/** Lines that stand in one of the files only, by a longest common subsequence. */
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

/** Lines that say something to a reader of the policy: no comments, no names of the file's own generation, no braces. */
function telling(found: readonly string[]): readonly string[] {
  return found.filter(
    (line) => !/^(\/\/|\/\*\*|\*|export const|id:|label:|policy:|[{}();,]*$)/.test(line) && line !== '',
  );
}

describe('v3.ts beside dynamic.ts', () => {
  const only = onlyIn(lines('v3.ts'), lines('dynamic.ts'));

  it('has vfio_msi_free_irq and its four calls, and nothing else', () => {
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

  it('leaves dynamic.ts with the one line that an error path shortens to', () => {
    expect(telling(only.b)).toEqual(['if (vfio_irq_ctx_alloc(k, vector) < 0) return -ENOMEM;']);
  });
});

describe('every generation', () => {
  it.each(['static.ts', 'v2.ts', 'v3.ts', 'dynamic.ts'])('%s asks nowhere which generation it is', (file) => {
    expect(lines(file).filter((line) => /generation\.id|=== '(static|v2|v3|dynamic)'/.test(line))).toEqual(
      [],
    );
  });
});
