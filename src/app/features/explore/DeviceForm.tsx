// The device of a search, and the interrupt modes that its operations use.

import { DEVICES } from '../../../machine/devices.ts';
import {
  MSI_VECTORS,
  SEARCH_MODES,
  SEARCH_RANGES,
  type SearchMode,
  type SearchSetup,
  usedModes,
} from '../../../session/search.ts';
import { deviceChoice, raiseNote, searchedDevice } from '../../../views/explore/device.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { DeviceEditor } from '../../ui/DeviceEditor.tsx';
import { chooseSearch, exploreSlice } from './store.ts';

/** The classes of a row of the form. */
export const ROW = 'explore-row bar gap-8';

/** The model and its facts. */
export function DeviceForm() {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const { device } = setup;
  const { about } = DEVICES.find(({ name }) => name === device.model) ?? {};
  return (
    <>
      <label className={ROW}>
        Device
        <select
          value={device.model}
          title={about}
          onChange={({ target }) =>
            chooseSearch(app, {
              device: { model: target.value, intx: null, pcie: null, maskable: null, raise: null },
            })
          }
        >
          {DEVICES.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <DeviceEditor
        model={device.model}
        device={searchedDevice(setup)}
        msix={SEARCH_RANGES.vectors}
        msi={MSI_VECTORS}
        row={ROW}
        onChange={(_, changed) => chooseSearch(app, deviceChoice(device.model, changed))}
      />
    </>
  );
}

const MODE_LABELS: Readonly<Record<SearchMode, string>> = { msix: 'MSI-X', msi: 'MSI', intx: 'INTx' };

/** Vectors for a mode that is chosen while the device has none. */
const SOME: Readonly<Record<SearchMode, Partial<SearchSetup>>> = {
  msix: { vectors: 3 },
  msi: { msi: 2 },
  intx: {},
};

/** The modes of the operations. A mode without vectors is not used, and choosing it gives the device some. */
export function ModesForm() {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const used = usedModes(setup).map(({ mode }) => mode);
  const toggle = (mode: SearchMode, on: boolean) => {
    const modes = SEARCH_MODES.filter((one) => (one === mode ? on : used.includes(one)));
    const lacking = on && usedModes({ ...setup, modes: [mode] }).length === 0;
    chooseSearch(app, { modes, ...(lacking ? SOME[mode] : {}) });
  };
  const note = raiseNote(setup);
  return (
    <>
      <fieldset className="explore-modes cluster middle">
        <legend>Modes</legend>
        {SEARCH_MODES.map((mode) => (
          <label key={mode} className="check">
            <input
              type="checkbox"
              checked={used.includes(mode)}
              onChange={({ target }) => toggle(mode, target.checked)}
            />
            <span>{MODE_LABELS[mode]}</span>
          </label>
        ))}
      </fieldset>
      {used.length === 0 && (
        <p className="small alarm" role="alert">
          Choose at least one mode.
        </p>
      )}
      {used.length > 1 && <p className="aside">A mode can be enabled after another one is disabled.</p>}
      {note !== null && <p className="aside">{note}</p>}
    </>
  );
}
