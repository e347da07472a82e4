// The device and the facts of the host that the script runs on.

import { generation as generationOf } from '../../../kernel/generations/index.ts';
import { PRESETS } from '../../../kernel/presets.ts';
import { DEVICES } from '../../../machine/devices.ts';
import { chooseSetup } from '../../../session/edits.ts';
import { setupOf } from '../../../session/session.ts';
import { deviceFacts } from '../../../views/words/deviceFacts.ts';
import { CheckedButton } from '../../parts/CheckedButton.tsx';
import { Term } from '../../parts/Term.tsx';
import { edit, useGeneration, useSetup } from '../../state/lab.ts';
import { HostFacts } from './HostFacts.tsx';

/** The panel of the menu. */
export function SetupPanel({ close }: { readonly close: () => void }) {
  const setup = useSetup();
  const generation = useGeneration();
  const { host } = setup;
  const preset = PRESETS.find(
    (one) => one.generation === generation && one.host.intx === host.intx && one.host.errReq === host.errReq,
  );
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
              onChange={() => edit(`device ${name}`, (now) => chooseSetup(now, setupOf(name, host)))}
            />
            <b>{name}</b> <span className="device-about">{about}</span>
          </label>
        ))}
      </fieldset>
      <p>{deviceFacts(setup.device).join(' ')}</p>
      <h2>Kernel and host</h2>
      <label className="row">
        Kernel
        <select
          value={preset?.id ?? ''}
          onChange={(event) => {
            const chosen = PRESETS.find(({ id }) => id === event.target.value);
            if (chosen === undefined) return;
            const { intx, errReq } = chosen.host;
            edit(chosen.label, (now) => ({
              ...chooseSetup(now, { ...now.setup, host: { ...now.setup.host, intx, errReq } }),
              generation: chosen.generation,
            }));
          }}
        >
          {preset === undefined && <option value="">mixed facts</option>}
          {PRESETS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p>
        The driver is <Term word={generation}>{generationOf(generation).label}</Term>:{' '}
        {generationOf(generation).policy}
      </p>
      <HostFacts />
      <p>
        The model was compared with recordings of real kernels. <CheckedButton close={close} />
      </p>
    </>
  );
}
