// The facts of a device that decide about its interrupts: vectors, pin, PCI Express, and when it can raise. The lab and Explore
// edit a device with it; both choose the model beside it.

import type { Device, RaiseAbility } from '../../machine/device.ts';
import { withMsi, withMsix } from '../../session/deviceEdits.ts';
import type { Range } from '../../session/search.ts';
import { RAISE_WORDS } from '../../text/deviceFacts.ts';
import { NumberRow } from './NumberRow.tsx';

interface DeviceEditorProps {
  /** Name of the model in the catalogue. */
  readonly model: string;
  readonly device: Device;
  /** The accepted numbers of MSI-X vectors; 0 is no MSI-X. */
  readonly msix: Range;
  /** The accepted numbers of MSI vectors; 0 is no MSI. */
  readonly msi: readonly number[];
  /** Classes of a row with a field. */
  readonly row: string;
  /** `what` names the change, for instance `MSI vectors`. */
  readonly onChange: (what: string, device: Device) => void;
}

const RAISES = ['never', 'with-msix', 'always'] as const satisfies readonly RaiseAbility[];

/** The fields. */
export function DeviceEditor({ model, device, msix, msi, row, onChange }: DeviceEditorProps) {
  const { intx, pcie, raise } = device;
  const capability = device.msi;
  // a device from a recording can have a number that is not offered
  const sizes = [...new Set([...msi, capability?.vectors ?? 0])].sort((a, b) => a - b);
  return (
    <>
      <NumberRow
        label="MSI-X vectors"
        className={row}
        value={device.msix?.vectors ?? 0}
        range={msix}
        onChange={(vectors) => onChange('MSI-X vectors', withMsix(device, model, vectors))}
      />
      <label className={row}>
        MSI vectors
        <select
          value={capability?.vectors ?? 0}
          onChange={({ target }) => onChange('MSI vectors', withMsi(device, model, Number(target.value)))}
        >
          {sizes.map((size) => (
            <option key={size} value={size}>
              {size === 0 ? 'no MSI' : size}
            </option>
          ))}
        </select>
      </label>
      <label className={row}>
        Raises interrupts
        <select
          value={raise}
          onChange={({ target }) => {
            const chosen = RAISES.find((one) => one === target.value);
            if (chosen !== undefined) onChange('raised interrupts', { ...device, raise: chosen });
          }}
        >
          {RAISES.map((one) => (
            <option key={one} value={one}>
              {RAISE_WORDS[one]}
            </option>
          ))}
        </select>
      </label>
      <Check
        says="interrupt pin (INTx)"
        on={intx}
        onChange={(on) => onChange('interrupt pin', { ...device, intx: on })}
      />
      <Check
        says="PCI Express (before 7.3 only such a device has ERR)"
        on={pcie}
        onChange={(on) => onChange('PCI Express', { ...device, pcie: on })}
      />
      {capability !== null && (
        <Check
          says="MSI with mask and pending bits"
          on={capability.maskable}
          onChange={(maskable) => onChange('MSI mask bits', { ...device, msi: { ...capability, maskable } })}
        />
      )}
    </>
  );
}

interface CheckProps {
  readonly says: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Check({ says, on, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      <span>{says}</span>
    </label>
  );
}
