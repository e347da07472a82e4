// The wiring on paper: every row in use, at its place in the text, without buttons; runs of other vectors are one line of text.

import { rowThings } from '../../../views/linked/row.ts';
import { foldText, placesOf } from '../../../views/wiring/folds.ts';
import type { Moment } from '../../../views/wiring/moment.ts';
import { vectorCount, vectorRow, vectorsInUse } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { WiringRowView } from './WiringRowView.tsx';
import './wiring.css';
import './paper.css';

/** The rows of a moment. */
export function PaperRows({ moment }: { readonly moment: Moment }) {
  const used = vectorsInUse(moment);
  const special = specialRows(moment);
  if (used.length + special.length === 0) return <p className="aside">No vector is in use.</p>;
  const places = used.length === 0 ? [] : placesOf(vectorCount(moment.now), used, []);
  return (
    <div className="wiring wiring-paper" inert role="table" aria-label="Wiring">
      {[...places, ...special].map((place, at) => {
        if (typeof place === 'object' && 'from' in place)
          return (
            <div key={`fold ${place.from}`} role="row" className="wiring-folded line-below small soft mono">
              <span role="cell">{foldText(place)}</span>
            </div>
          );
        const row = typeof place === 'number' ? vectorRow(moment, place) : place;
        return (
          <WiringRowView key={row.label} row={row} things={rowThings(moment.now, row)} index={at} top={0} />
        );
      })}
    </div>
  );
}
