// The facts of the kernel build and the machine, each with its own control.

import type { Host } from '../../../machine/host.ts';
import { chooseSetup } from '../../../session/edits.ts';
import type { App } from '../../store/app.ts';
import { useApp } from '../../store/appContext.ts';
import { edit, useSetup } from '../../store/lab.ts';

function changeHost(app: App, what: string, change: Partial<Host>): void {
  edit(app, what, (now) => chooseSetup(now, { ...now.setup, host: { ...now.setup.host, ...change } }));
}

interface Switch {
  readonly what: string;
  readonly says: string;
  readonly isOn: (host: Host) => boolean;
  readonly set: (on: boolean) => Partial<Host>;
}

const SWITCHES: readonly Switch[] = [
  {
    what: 'dynamic allocation',
    says: 'The irq domain can allocate MSI-X vectors while MSI-X is enabled',
    isOn: (host) => host.canAllocDyn,
    set: (canAllocDyn) => ({ canAllocDyn }),
  },
  {
    what: 'interrupt remapping',
    says: 'The IOMMU remaps interrupts',
    isOn: (host) => host.irqRemapping,
    set: (irqRemapping) => ({ irqRemapping }),
  },
  {
    what: 'INTx handling',
    says: 'INTx keeps its irq while the eventfd changes (persistent)',
    isOn: (host) => host.intx === 'persistent',
    set: (on) => ({ intx: on ? 'persistent' : 'legacy' }),
  },
  {
    what: 'ERR and REQ handling',
    says: 'ERR and REQ triggers are protected by RCU; fd −2 fails',
    isOn: (host) => host.errReq === 'rcu',
    set: (on) => ({ errReq: on ? 'rcu' : 'plain' }),
  },
  {
    what: 'pin level',
    says: 'An asserted pin raises an interrupt as soon as a handler is installed',
    isOn: (host) => host.pinIsLevel,
    set: (pinIsLevel) => ({ pinIsLevel }),
  },
];

const PIN_SHARED = ['alone', 'shared', 'exclusive'] as const satisfies readonly Host['pinShared'][];
const PIN_WORDS: Readonly<Record<Host['pinShared'], string>> = {
  alone: 'none',
  shared: 'with IRQF_SHARED',
  exclusive: 'without IRQF_SHARED',
};

const MOST = 65535;

/** Returns a whole number in range, or null for an empty or wrong field. */
function wholeNumber(text: string): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= MOST ? value : null;
}

/** Check boxes and numbers of the host. */
export function HostFacts() {
  const app = useApp();
  const { host } = useSetup();
  return (
    <>
      {SWITCHES.map(({ what, says, isOn, set }) => (
        <label key={what} className="check">
          <input
            type="checkbox"
            checked={isOn(host)}
            onChange={(event) => changeHost(app, what, set(event.target.checked))}
          />
          <span>{says}</span>
        </label>
      ))}
      <label className="row">
        CPU vectors left for this device
        <input
          type="number"
          min={0}
          max={MOST}
          value={host.cpuVectors}
          onChange={(event) => {
            const cpuVectors = wholeNumber(event.target.value);
            if (cpuVectors !== null) changeHost(app, 'CPU vectors', { cpuVectors });
          }}
        />
      </label>
      <label className="row">
        Irqs that the host can allocate
        <input
          type="number"
          min={0}
          max={MOST}
          placeholder="no limit"
          value={host.irqPool ?? ''}
          onChange={(event) =>
            changeHost(app, 'irqs of the host', { irqPool: wholeNumber(event.target.value) })
          }
        />
      </label>
      <label className="row">
        Another driver on the pin’s irq
        <select
          value={host.pinShared}
          onChange={(event) => {
            const pinShared = PIN_SHARED.find((one) => one === event.target.value);
            if (pinShared !== undefined) changeHost(app, 'the pin’s irq', { pinShared });
          }}
        >
          {PIN_SHARED.map((one) => (
            <option key={one} value={one}>
              {PIN_WORDS[one]}
            </option>
          ))}
        </select>
      </label>
      <p>
        On x86 request_irq fails when the CPU vectors run out. A limit of irqs models hosts on which the
        allocation fails instead. First irq {host.firstIrq}, pin irq {host.pinIrq}.
      </p>
    </>
  );
}
