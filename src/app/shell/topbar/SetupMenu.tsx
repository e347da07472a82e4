// The button with the script's device.

import { Suspense } from 'react';
import { grouped } from '../../../base/grouped.ts';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import type { Setup } from '../../../session/session.ts';
import { useGeneration, useSetup } from '../../store/lab.ts';
import { late } from '../../ui/late.ts';
import { Menu } from '../../ui/Menu.tsx';

const SetupPanel = late(async () => (await import('./SetupPanel.tsx')).SetupPanel);

/** Returns the label in three parts; a narrow bar shows only the middle one. */
function deviceLabel(
  setup: Setup,
  generation: GenerationId,
): readonly [before: string, what: string, behind: string] {
  const { msix, msi } = setup.device;
  const size = msix === null ? `MSI ${msi?.vectors ?? 0}` : `MSI-X ${grouped(msix.vectors)}`;
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
          <span className="roomy-only">{before}</span>
          {what}
          <span className="roomy-only">{behind}</span>
        </>
      }
      says={`${before}${what}${behind}`}
      name="Device and host"
      late
    >
      {(close) => (
        <Suspense fallback={null}>
          <SetupPanel close={close} />
        </Suspense>
      )}
    </Menu>
  );
}
