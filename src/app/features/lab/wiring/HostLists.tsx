// The host's lists of this device's irqs, as the kernel prints them.

import type { Machine } from '../../../../machine/machine.ts';
import { tokens } from '../../../../views/linked/things.ts';
import {
  INTERRUPTS_HEAD,
  type InterruptLine,
  interruptLines,
  interruptText,
  isListed,
} from '../../../../views/wiring/interrupts.ts';
import { deliveries } from '../../../../views/wiring/origin.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';

/** Most irqs in a list. */
const SHOWN = 64;

/** Shows /proc/interrupts, and msi_irqs, which includes irqs without a handler. */
export function HostLists({ machine }: { readonly machine: Machine }) {
  const replayed = useReplay();
  const { cursor } = useSession();
  const lines = interruptLines(machine, replayed.generation.id, deliveries(replayed, cursor.line));
  const listed = lines.filter(isListed);
  const messages = lines.filter(({ source }) => source.endsWith('edge'));
  return (
    <div className="host-lists scroll" role="group" aria-label="Host" tabIndex={0}>
      <pre>
        {INTERRUPTS_HEAD}
        {listed.slice(0, SHOWN).map((line) => (
          <span key={line.irq} className="linked" data-link={tokens(line.things)}>
            {`\n${interruptText(line)}`}
          </span>
        ))}
        {more(listed)}
      </pre>
      <pre>
        $ ls /sys/bus/pci/devices/{machine.device.bdf}/msi_irqs
        {'\n'}
        {messages.slice(0, SHOWN).map((line) => (
          <span key={line.irq} className="linked" data-link={tokens(line.things)}>
            {`${line.irq}  `}
          </span>
        ))}
        {more(messages)}
      </pre>
    </div>
  );
}

function more(lines: readonly InterruptLine[]): string {
  return lines.length > SHOWN ? `\n … ${lines.length - SHOWN} more` : '';
}
