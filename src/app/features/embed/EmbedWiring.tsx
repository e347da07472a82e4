// The wiring of an embed: the rows of the lab's picture, without their details.

import { useEffect, useId, useMemo } from 'react';
import { rowThings } from '../../../views/linked/row.ts';
import { momentAt } from '../../../views/wiring/moment.ts';
import { showsMsi, vectorCount, vectorRow, vectorsInUse } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { useWindow } from '../../ui/useWindow.ts';
import { WiringRowView } from '../../ui/wiring/WiringRowView.tsx';
import { type EmbedState, type ShownSession, shownCursor } from './store.ts';
import '../../ui/wiring/wiring.css';

const ROW_HEIGHT = 40;
/** Vectors; a larger device shows only the rows in use. */
const MANY = 16;

/** The rows at the shown place. */
export function EmbedWiring({ shown, state }: { readonly shown: ShownSession; readonly state: EmbedState }) {
  const { replayed } = shown;
  const { line, step } = shownCursor(state);
  const moment = useMemo(() => momentAt(replayed, { line, step }), [replayed, line, step]);
  const { now } = moment;
  const special = useMemo(() => specialRows(moment), [moment]);
  const total = vectorCount(now);
  const used = useMemo(() => (total > MANY ? vectorsInUse(moment) : null), [moment, total]);
  const vectors = used?.length ?? total;
  const count = vectors + special.length;
  const { ref, onScroll, first, end, reveal } = useWindow(count, ROW_HEIGHT);
  const changed = firstChanged(moment.failures.keys(), used);
  useEffect(() => {
    if (changed >= 0) reveal(changed);
  }, [changed, reveal]);
  const id = useId();
  const where = line === 0 ? 'at the start' : step === null ? `after line ${line}` : `inside line ${line}`;
  return (
    <section className="wiring embed-wiring" aria-labelledby={id}>
      <h2 id={id}>
        Wiring {where}
        {used !== null && <small> {` ${used.length} of ${total.toLocaleString('en')} vectors in use`}</small>}
      </h2>
      <div className="wiring-table stack fill" role="table" aria-labelledby={id} aria-rowcount={count + 1}>
        <Head msi={showsMsi(now)} />
        <div
          ref={ref}
          className="wiring-rows"
          role="rowgroup"
          aria-label="Vectors"
          tabIndex={0}
          data-scrolls
          onScroll={onScroll}
        >
          <div role="presentation" style={{ height: count * ROW_HEIGHT }}>
            {Array.from({ length: end - first }, (_, at) => first + at).map((at) => {
              const row = at < vectors ? vectorRow(moment, used?.[at] ?? at) : special[at - vectors];
              return (
                row !== undefined && (
                  <WiringRowView
                    key={row.label}
                    row={row}
                    things={rowThings(now, row)}
                    index={at}
                    top={at * ROW_HEIGHT}
                    open={false}
                    reachable={false}
                    onOpen={null}
                  />
                )
              );
            })}
          </div>
        </div>
      </div>
      {count === 0 && (
        <p className="nothing">
          {total === 0 ? 'This device has no MSI or MSI-X vectors.' : 'No vector is in use.'}
        </p>
      )}
    </section>
  );
}

/** Returns the row of the first vector with a failed assignment, or −1. */
function firstChanged(failed: Iterable<number>, used: readonly number[] | null): number {
  for (const vector of failed) return used === null ? vector : used.indexOf(vector);
  return -1;
}

function Head({ msi }: { readonly msi: boolean }) {
  return (
    <div className="wiring-head" role="row">
      <span role="columnheader" className="hidden">
        Vector
      </span>
      <span role="columnheader" className="c-eventfd">
        eventfd
      </span>
      <span role="columnheader" className="c-ctx">
        vfio ctx
      </span>
      <span role="columnheader" className="c-irq">
        Linux irq
      </span>
      <span role="columnheader" className="c-entry">
        {msi ? 'MSI capability' : 'MSI-X table'}
      </span>
    </div>
  );
}
