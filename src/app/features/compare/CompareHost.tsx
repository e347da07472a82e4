// The host's view of every lane: /proc/interrupts and msi_irqs side by side, with a mark on every difference.

import type { HostIrq, HostRow, HostView } from '../../../views/compare/host.ts';
import { tokens } from '../../../views/linked/things.ts';
import { type InterruptLine, interruptText } from '../../../views/wiring/interrupts.ts';
import './host.css';

/** The most rows and numbers that are drawn. */
const SHOWN = 64;

interface CompareHostProps {
  readonly host: HostView;
  readonly labels: readonly string[];
  /** The lane on a narrow screen. */
  readonly shown: number;
}

/** Two tables with a column for each lane. */
export function CompareHost({ host, labels, shown }: CompareHostProps) {
  const { bdf, rows, msiIrqs, ownIrqs, chips, config } = host;
  return (
    <div className="compare-host fill scroll" tabIndex={0} role="group" aria-label="Host by lane">
      <table>
        <caption>$ cat /proc/interrupts (the device’s rows)</caption>
        <Head first="irq of" labels={labels} shown={shown} />
        <tbody>
          {rows.slice(0, SHOWN).map((row) => (
            <Row key={row.vector ?? 'pin'} row={row} shown={shown} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="aside">No lane has a row.</p>}
      {rows.length > SHOWN && <p className="aside">… {rows.length - SHOWN} more rows</p>}
      {chips.length > 0 && (
        <p className="aside">
          The chips have other names because of the release, not of the policy: each device has an irq domain
          of its own since 6.2. They are not marked.
        </p>
      )}
      <table>
        <caption>$ ls /sys/bus/pci/devices/{bdf}/msi_irqs</caption>
        <Head first="list of" labels={labels} shown={shown} />
        <tbody>
          <tr className={ownIrqs.size > 0 ? 'differs' : undefined}>
            <th scope="row">
              irqs
              {ownIrqs.size > 0 && <Mark words={['numbers']} />}
            </th>
            {msiIrqs.map((irqs, at) => (
              <td key={labels[at]} data-lane={at} data-shown={at === shown || undefined}>
                <Irqs irqs={irqs} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="aside">
        {config
          ? 'Interrupt registers in the file config of the device differ.'
          : 'The interrupt registers in the file config of the device are equal.'}
      </p>
    </div>
  );
}

interface HeadProps {
  readonly first: string;
  readonly labels: readonly string[];
  readonly shown: number;
}

function Head({ first, labels, shown }: HeadProps) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {labels.map((label, at) => (
          <th key={label} scope="col" data-lane={at} data-shown={at === shown || undefined}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Mark({ words }: { readonly words: readonly string[] }) {
  return (
    <small className="host-mark">
      <span aria-hidden="true">≠ </span>
      <span className="hidden">differs: </span>
      {words.join(', ')}
    </small>
  );
}

function Row({ row, shown }: { readonly row: HostRow; readonly shown: number }) {
  const { vector, lanes, differs } = row;
  return (
    <tr className={differs.length > 0 ? 'differs' : undefined}>
      <th scope="row">
        {vector === null ? 'pin' : `vector ${vector}`}
        {differs.length > 0 && <Mark words={differs} />}
      </th>
      {lanes.map((line, at) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other key than their place
          key={at}
          data-lane={at}
          data-shown={at === shown || undefined}
          data-link={line === null ? undefined : tokens(line.things)}
        >
          {line === null ? <span className="soft">no row</span> : lineText(line)}
        </td>
      ))}
    </tr>
  );
}

/** The row with single spaces, because a lane is narrower than a terminal; a recording has no name of the handler. */
function lineText(line: InterruptLine): string {
  const text = interruptText(line).trim().replace(/ +/g, ' ');
  return line.requested && line.name === null ? `${text} (a handler)` : text;
}

function Irqs({ irqs }: { readonly irqs: readonly HostIrq[] }) {
  if (irqs.length === 0) return <span className="soft">none</span>;
  return (
    <>
      {irqs.slice(0, SHOWN).map(({ irq, differs }) => (
        <span key={irq} data-link={tokens([{ kind: 'irq', id: irq }])}>
          {differs && (
            <span className="unequal rigid">
              ≠<span className="hidden"> differs </span>
            </span>
          )}
          {irq}{' '}
        </span>
      ))}
      {irqs.length > SHOWN && `… ${irqs.length - SHOWN} more`}
    </>
  );
}
