// The button that says on which device the script runs.

import { Suspense } from 'react';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import type { Setup } from '../../../session/session.ts';
import { late } from '../../parts/late.ts';
import { Menu } from '../../parts/Menu.tsx';
import { useGeneration, useSetup } from '../../state/lab.ts';

const SetupPanel = late(async () => (await import('./SetupPanel.tsx')).SetupPanel);

/** What the device is, in parts; a narrow bar leaves out what the menu says as well. */
function deviceLabel(
  setup: Setup,
  generation: GenerationId,
): readonly [before: string, what: string, behind: string] {
  const { msix, msi } = setup.device;
  const size = msix === null ? `MSI ${msi?.vectors ?? 0}` : `MSI-X ${msix.vectors.toLocaleString('en')}`;
  const dynamic = setup.host.canAllocDyn && generation !== 'static' && msix !== null;
  return ['Device: ', `${setup.deviceName} · ${size}`, dynamic ? ' · dynamic' : ''];
}

/** The menu of devices and host facts. */
export function SetupMenu() {
  const setup = useSetup();
  const generation = useGeneration();
  const [before, what, behind] = deviceLabel(setup, generation);
  return (
    <Menu
      label={
        <>
          <span className="wide-only">{before}</span>
          {what}
          <span className="wide-only">{behind}</span>
        </>
      }
      says={`${before}${what}${behind}`}
      name="Device and host"
    >
      {(close) => (
        <Suspense fallback={null}>
          <SetupPanel close={close} />
        </Suspense>
      )}
    </Menu>
  );
}
