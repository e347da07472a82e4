// One row of the wiring. The wires are cells of the same grid as the boxes, so they meet at every width.

import type { EntryCell, Wire, WiringCell, WiringRow } from '../../../views/wiring/row.ts';
import { rowSentence } from '../../../views/wiring/sentence.ts';
import { pointAt, useLab } from '../../state/lab.ts';

/** What a row needs. */
interface WiringRowViewProps {
  readonly row: WiringRow;
  /** Its place in the table, from 0. */
  readonly index: number;
  readonly top: number;
}

/** A row from userspace to hardware. */
export function WiringRowView({ row, index, top }: WiringRowViewProps) {
  const pointed = useLab((state) => state.pointed !== null && state.pointed === row.vector);
  const classes = [
    'wiring-row',
    row.state,
    ...(row.change === null ? [] : [row.change]),
    ...(pointed ? ['pointed'] : []),
  ];
  const [left, middle, right] = row.wires;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-label={rowSentence(row)}
      className={classes.join(' ')}
      style={{ top }}
      data-vector={row.vector ?? undefined}
      onPointerEnter={() => pointAt(row.vector)}
    >
      <span role="rowheader" className="vector">
        {row.label}
      </span>
      <Cell column="eventfd" cell={row.eventfd} />
      <WireView wire={left} signal={row.change === 'signalled'} />
      <Cell column="ctx" cell={row.ctx} />
      <WireView wire={middle} signal={row.change === 'signalled'} />
      <Cell column="irq" cell={row.irq} />
      <WireView wire={right} signal={row.change === 'signalled'} />
      <Entry cell={row.entry} />
    </div>
  );
}

function Cell({ column, cell }: { readonly column: string; readonly cell: WiringCell | null }) {
  return (
    <span role="cell" className={`c-${column}`}>
      {cell !== null && (
        <span className={`box ${cell.look}`} title={`${cell.text} ${cell.word}`}>
          <span>{cell.text}</span> {cell.word !== '' && <b>{cell.word}</b>}
        </span>
      )}
    </span>
  );
}

function Entry({ cell }: { readonly cell: EntryCell | null }) {
  if (cell === null) return <span role="cell" className="c-entry" />;
  const mask = cell.masked === null ? 'not maskable' : cell.masked ? 'masked' : 'unmasked';
  return (
    <span role="cell" className="c-entry">
      <span
        className={`box ${cell.look}${cell.pending ? ' pending' : ''}`}
        title={`${cell.text}, ${mask}${cell.pending ? ', pending' : ''}`}
      >
        <span>{cell.text}</span> {cell.word !== '' && <b>{cell.word}</b>}
        <i className={`bit ${cell.masked === true ? 'masked' : 'open'}`}>
          <span className="hidden">{mask}</span>
        </i>
      </span>
    </span>
  );
}

function WireView({ wire, signal }: { readonly wire: Wire; readonly signal: boolean }) {
  return <span aria-hidden="true" className={`wire ${wire}${signal && wire === 'solid' ? ' signal' : ''}`} />;
}
