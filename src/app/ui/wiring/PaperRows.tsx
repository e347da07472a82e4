// The wiring on paper: every row in use, at its place in the text, without buttons.

import { rowThings } from '../../../views/linked/row.ts';
import type { Moment } from '../../../views/wiring/moment.ts';
import { vectorRow, vectorsInUse } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { WiringRowView } from './WiringRowView.tsx';
import './wiring.css';
import './paper.css';

/** The rows of a moment. */
export function PaperRows({ moment }: { readonly moment: Moment }) {
  const rows = [...vectorsInUse(moment).map((vector) => vectorRow(moment, vector)), ...specialRows(moment)];
  if (rows.length === 0) return <p className="aside">No vector is in use.</p>;
  return (
    <div className="wiring wiring-paper" inert role="table" aria-label="Wiring">
      {rows.map((row, at) => (
        <WiringRowView key={row.label} row={row} things={rowThings(moment.now, row)} index={at} top={0} />
      ))}
    </div>
  );
}
