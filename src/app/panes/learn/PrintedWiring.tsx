// The wiring after a script's last line, all rows in use, without anything that can be pressed.

import { lineCount, type Replay } from '../../../session/replay.ts';
import { rowThings } from '../../../views/linked/row.ts';
import { momentAt } from '../../../views/wiring/moment.ts';
import { vectorRow, vectorsInUse } from '../../../views/wiring/rows.ts';
import { WiringRowView } from '../wiring/WiringRowView.tsx';
import '../wiring/wiring.css';

/** The picture. */
export function PrintedWiring({ replayed }: { readonly replayed: Replay }) {
  const moment = momentAt(replayed, { line: lineCount(replayed), step: null });
  const rows = vectorsInUse(moment).map((vector) => vectorRow(moment, vector));
  if (rows.length === 0) return <p className="handout-kernel">Wiring: no vector is in use.</p>;
  return (
    <div className="wiring handout-wiring" inert role="table" aria-label="Wiring">
      {rows.map((row, at) => (
        <WiringRowView
          key={row.label}
          row={row}
          things={rowThings(moment.now, row)}
          index={at}
          top={0}
          open={false}
          reachable={false}
          onOpen={() => undefined}
        />
      ))}
    </div>
  );
}
