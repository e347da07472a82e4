// The button with the kernel that the script runs on. It loads after the first picture, with the table of releases.

import { Suspense } from 'react';
import { chosenKernel, chosenKernelName } from '../../../kernel/kernels.ts';
import { useGeneration, useSetup } from '../../store/lab.ts';
import { late } from '../../ui/late.ts';
import { Menu } from '../../ui/Menu.tsx';

const KernelPanel = late(async () => (await import('./KernelPanel.tsx')).KernelPanel);

/** The menu of releases, patches and alternatives. */
export function KernelMenu() {
  const chosen = chosenKernel(useGeneration(), useSetup().host);
  const name = chosenKernelName(chosen);
  const { label } = chosen.kernel;
  return (
    <Menu
      label={
        <>
          <span className="hidden">Kernel version: </span>
          {label}
          {!chosen.exact && '*'}
          <span className="wide-only">{name.slice(label.length)}</span> <span aria-hidden="true">▾</span>
        </>
      }
      says={`Kernel version: ${name}`}
      name="Kernel version"
      late
    >
      {(close) => (
        <Suspense fallback={null}>
          <KernelPanel close={close} />
        </Suspense>
      )}
    </Menu>
  );
}
