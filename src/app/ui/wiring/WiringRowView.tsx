// One row of the wiring. The wires are cells of the same grid as the boxes, so they meet at every width.

import { memo } from 'react';
import type { RowThings } from '../../../views/linked/row.ts';
import { type Thing, tokens } from '../../../views/linked/things.ts';
import type { EntryCell, Wire, WiringCell, WiringRow } from '../../../views/wiring/row.ts';
import { rowSentence } from '../../../views/wiring/sentence.ts';

interface WiringRowViewProps {
  readonly row: WiringRow;
  readonly things: RowThings;
  /** Its place in the table, from 0. */
  readonly index: number;
  readonly top: number;
  /** Its details are shown. */
  readonly open?: boolean;
  /** It is the row that the Tab key reaches. */
  readonly reachable?: boolean;
  /** Called with the row and its place; the same function for every row. Absent without details. */
  readonly onOpen?: (row: WiringRow, index: number) => void;
}

/** A row from userspace to hardware; renders again only when it has changed. */
export const WiringRowView = memo(function WiringRowView(props: WiringRowViewProps) {
  const { row, things, index, top, open, reachable, onOpen } = props;
  const classes = ['wiring-row', row.state, ...(row.change === null ? [] : [row.change])];
  const [left, middle, right] = row.wires;
  const signal = row.change === 'signalled';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button of the row does the same by key
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-label={rowSentence(row)}
      className={classes.join(' ')}
      data-link={tokens(things.row)}
      style={{ top }}
      data-vector={row.vector ?? undefined}
      onClick={() => onOpen?.(row, index)}
    >
      <span role="rowheader" className="vector">
        {onOpen === undefined ? (
          <span>{row.label}</span>
        ) : (
          <button
            type="button"
            className="row-button"
            data-row={index}
            tabIndex={reachable ? 0 : -1}
            aria-expanded={open}
            aria-label={`Details of ${row.vector === null ? row.label : `vector ${row.label}`}`}
          >
            {row.label}
          </button>
        )}
      </span>
      <Cell column="eventfd" cell={row.eventfd} things={things.eventfd} />
      <WireView wire={left} signal={signal} />
      <Cell column="ctx" cell={row.ctx} things={things.row} />
      <WireView wire={middle} signal={signal} />
      <Cell column="irq" cell={row.irq} things={things.irq} />
      <WireView wire={right} signal={signal} />
      <Entry cell={row.entry} />
    </div>
  );
}, saysTheSame);

/** Every line computes new rows, and most of them equal the rows before. */
function saysTheSame(a: WiringRowViewProps, b: WiringRowViewProps): boolean {
  return (
    a.index === b.index &&
    a.top === b.top &&
    a.open === b.open &&
    a.reachable === b.reachable &&
    a.onOpen === b.onOpen &&
    isDeepEqual(a.row, b.row) &&
    isDeepEqual(a.things, b.things)
  );
}

/** Compares plain data: cells, texts, lists. */
function isDeepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const entries = Object.entries(a);
  const others = new Map(Object.entries(b));
  return (
    entries.length === others.size && entries.every(([key, value]) => isDeepEqual(value, others.get(key)))
  );
}

interface CellProps {
  readonly column: string;
  readonly cell: WiringCell | null;
  readonly things: readonly Thing[];
}

function Cell({ column, cell, things }: CellProps) {
  return (
    <span role="cell" className={`c-${column}`}>
      {cell !== null && (
        <span className={`box ${cell.look}`} title={`${cell.text} ${cell.word}`} data-link={tokens(things)}>
          <span>{cell.text}</span> {cell.word !== '' && <b>{cell.word}</b>}
        </span>
      )}
    </span>
  );
}

function Entry({ cell }: { readonly cell: EntryCell | null }) {
  if (cell === null) return <span role="cell" className="c-entry" />;
  // a narrow pane leaves out the data of a pending entry's message
  const end = cell.text.lastIndexOf(' ');
  const [address, data] = end < 0 ? [cell.text, ''] : [cell.text.slice(0, end), cell.text.slice(end)];
  const mask = cell.masked === null ? 'not maskable' : cell.masked ? 'masked' : 'unmasked';
  return (
    <span role="cell" className="c-entry">
      <span
        className={`box ${cell.look}${cell.pending ? ' pending' : ''}`}
        title={`${cell.text}, ${mask}${cell.pending ? ', pending' : ''}`}
      >
        <span>
          {address}
          <span className="message-data">{data}</span>
        </span>{' '}
        {cell.word !== '' && <b>{cell.word}</b>}
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
