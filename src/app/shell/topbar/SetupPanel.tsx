// The device and the host facts of the script.

import { generation as generationOf } from '../../../kernel/generations/index.ts';
import { chosenKernel, chosenKernelName } from '../../../kernel/kernels.ts';
import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import { DEVICES } from '../../../machine/devices.ts';
import { MSI_SIZES } from '../../../session/deviceEdits.ts';
import { chooseSetup } from '../../../session/edits.ts';
import { setupOf } from '../../../session/session.ts';
import { deviceFacts } from '../../../text/deviceFacts.ts';
import { useApp } from '../../store/appContext.ts';
import { edit, useGeneration, useSetup } from '../../store/lab.ts';
import { CheckedButton } from '../../ui/CheckedButton.tsx';
import { DeviceEditor } from '../../ui/DeviceEditor.tsx';
import { Term } from '../../ui/Term.tsx';
import { HostFacts } from './HostFacts.tsx';

const MSIX_RANGE = { from: 0, to: MSIX_VECTORS_MAX };

/** The panel of the menu. */
export function SetupPanel({ close }: { readonly close: () => void }) {
  const app = useApp();
  const setup = useSetup();
  const generation = useGeneration();
  const { host } = setup;
  return (
    <>
      <h2>Device</h2>
      <fieldset className="radio-list">
        <legend className="hidden">Device</legend>
        {DEVICES.map(({ name, about }) => (
          <label key={name} className="device-choice">
            <input
              type="radio"
              name="device"
              checked={setup.deviceName === name}
              onChange={() => edit(app, `device ${name}`, (now) => chooseSetup(now, setupOf(name, host)))}
            />
            <b>{name}</b> <span className="soft">{about}</span>
          </label>
        ))}
      </fieldset>
      <DeviceEditor
        model={setup.deviceName}
        device={setup.device}
        msix={MSIX_RANGE}
        msi={MSI_SIZES}
        row="row"
        onChange={(what, device) =>
          edit(app, `device: ${what}`, (now) => chooseSetup(now, { ...now.setup, device }))
        }
      />
      <p>{deviceFacts(setup.device).join(' ')}</p>
      <h2>Kernel and host</h2>
      <p>
        The kernel is {chosenKernelName(chosenKernel(generation, host))}. Its driver is{' '}
        <Term word={generation}>{generationOf(generation).label}</Term>: {generationOf(generation).policy}
      </p>
      <HostFacts />
      <p>
        The model is compared with recordings of real kernels. <CheckedButton close={close} />
      </p>
    </>
  );
}
