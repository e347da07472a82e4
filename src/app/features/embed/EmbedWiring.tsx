// The wiring of an embed: the lab's picture without details of rows.

import { useId, useMemo } from 'react';
import { momentAt } from '../../../views/wiring/moment.ts';
import { vectorCount, vectorsInUse } from '../../../views/wiring/rows.ts';
import { WiringHeading } from '../../ui/wiring/WiringHeading.tsx';
import { MANY, useWiringRows, WiringTable } from '../../ui/wiring/WiringTable.tsx';
import { type EmbedState, type ShownSession, shownCursor } from './store.ts';

/** The rows at the shown place; of a large device only those in use. */
export function EmbedWiring({ shown, state }: { readonly shown: ShownSession; readonly state: EmbedState }) {
  const { replayed } = shown;
  const { line, step } = shownCursor(state);
  const moment = useMemo(() => momentAt(replayed, { line, step }), [replayed, line, step]);
  const total = vectorCount(moment.now);
  const used = useMemo(() => (total > MANY ? vectorsInUse(moment) : null), [moment, total]);
  const rows = useWiringRows(moment, used);
  const id = useId();
  return (
    <section className="wiring embed-wiring" aria-labelledby={id}>
      <WiringHeading id={id} replayed={replayed} cursor={state.cursor}>
        {used !== null && <small> {` ${used.length} of ${total.toLocaleString('en')} vectors in use`}</small>}
      </WiringHeading>
      <WiringTable rows={rows} labelledBy={id} term={(text) => text} />
      {rows.count === 0 && (
        <p className="nothing">
          {used === null ? 'This device has no MSI or MSI-X vectors.' : 'No vector is in use.'}
        </p>
      )}
    </section>
  );
}
