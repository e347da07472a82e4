// The main picture: one row per vector, from the eventfd at the left to the table entry at the right.

import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useId, useMemo, useState } from 'react';
import { framesOf, isKnown, knownLines } from '../../../../session/replay.ts';
import { kernelSteps } from '../../../../session/steps.ts';
import { rowThings } from '../../../../views/linked/row.ts';
import { capabilityLines, driverLine } from '../../../../views/wiring/capability.ts';
import type { WiringRow } from '../../../../views/wiring/row.ts';
import { showsMsi, vectorCount, vectorRow, vectorsInUse } from '../../../../views/wiring/rows.ts';
import { specialRows } from '../../../../views/wiring/specialRows.ts';
import { useTried } from '../../../store/compose.ts';
import { useSession } from '../../../store/lab.ts';
import { useMoment, useReplay } from '../../../store/useMoment.ts';
import { late } from '../../../ui/late.ts';
import { Term } from '../../../ui/Term.tsx';
import { useWindow } from '../../../ui/useWindow.ts';
import { WiringRowView } from '../../../ui/wiring/WiringRowView.tsx';
import { Interrupts } from './Interrupts.tsx';
import { useVectorRange } from './useVectorRange.ts';
import '../../../ui/wiring/wiring.css';
import './detail.css';

const RowDetail = lazy(() => import('./RowDetail.tsx').then((made) => ({ default: made.RowDetail })));

const GhostRows = lazy(() => import('./GhostRows.tsx').then((module) => ({ default: module.GhostRows })));

const Overview = late(async () => (await import('./Overview.tsx')).Overview);

const ROW_HEIGHT = 40;
/** Devices with more vectors offer to show only the rows in use. */
const MANY = 16;

const FOOT_WORDS = /\b(Masked|irq_type|has_dyn_msix)\b/;

export function WiringPane() {
  const moment = useMoment();
  const [onlyUsed, setOnlyUsed] = useState(false);
  const { now } = moment;
  const total = vectorCount(now);
  const used = useMemo(() => vectorsInUse(moment), [moment]);
  const special = useMemo(() => specialRows(moment), [moment]);
  const filtered = onlyUsed && total > MANY;
  const vectors = filtered ? used.length : total;
  const count = vectors + special.length;
  const { ref, onScroll, first, end, reveal } = useWindow(count, ROW_HEIGHT);
  const changed = [...moment.failures.keys()][0];
  useEffect(() => {
    if (changed !== undefined) reveal(filtered ? used.indexOf(changed) : changed);
  }, [changed, filtered, used, reveal]);
  const tried = useTried();
  useVectorRange(ref, total, (vector) => reveal(filtered ? used.indexOf(vector) : vector));
  const id = useId();
  const [opened, setOpened] = useState<number | string | null>(null);
  const [reached, setReached] = useState(0);
  const onOpen = useCallback(({ vector, label }: WiringRow, at: number) => {
    setReached(at);
    setOpened((was) => (was === (vector ?? label) ? null : (vector ?? label)));
  }, []);
  useEffect(() => {
    // the panel shrinks the list; its row stays visible
    if (opened !== null) reveal(reached);
  }, [opened, reached, reveal]);
  const rows = Array.from({ length: end - first }, (_, at) => first + at);
  const vectorAt = (at: number) => (filtered ? used[at] : at) ?? 0;
  const rowAt = (at: number) => (at < vectors ? vectorRow(moment, vectorAt(at)) : special[at - vectors]);
  // Tab reaches one row; the arrow keys move from row to row
  const reachable = reached >= first && reached < end ? reached : first;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const to = event.code === 'ArrowDown' ? reachable + 1 : event.code === 'ArrowUp' ? reachable - 1 : -1;
    // with Shift the arrows choose a range
    if (event.shiftKey || !(event.target instanceof HTMLButtonElement) || to < 0 || to >= count) return;
    event.preventDefault();
    event.stopPropagation();
    const list = event.currentTarget;
    reveal(to);
    setReached(to);
    // the row exists once the list has scrolled
    requestAnimationFrame(() => list.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus());
  };
  return (
    <section className="pane wiring" aria-labelledby="wiring-heading">
      <div className="pane-head">
        <WiringHeading />
        {total > MANY && (
          <label className="check">
            <input
              type="checkbox"
              checked={onlyUsed}
              onChange={(event) => setOnlyUsed(event.target.checked)}
            />
            only rows in use ({used.length.toLocaleString('en')} of {total.toLocaleString('en')})
          </label>
        )}
      </div>
      <div className="flex fill">
        <div className="wiring-table stack fill" role="table" aria-label="Wiring" aria-rowcount={count + 1}>
          <WiringHead msi={showsMsi(now)} />
          <div
            ref={ref}
            id={id}
            className="wiring-rows"
            role="rowgroup"
            aria-label="Vectors"
            tabIndex={0}
            onScroll={onScroll}
            onKeyDown={onKeyDown}
          >
            <div role="presentation" style={{ height: count * ROW_HEIGHT }}>
              {rows.map((at) => {
                const row = rowAt(at);
                if (row === undefined) return null;
                return (
                  <WiringRowView
                    key={row.label}
                    row={row}
                    things={rowThings(now, row)}
                    index={at}
                    top={at * ROW_HEIGHT}
                    open={opened === (row.vector ?? row.label)}
                    reachable={at === reachable}
                    onOpen={onOpen}
                  />
                );
              })}
              {tried !== null && (
                <Suspense fallback={null}>
                  <GhostRows
                    tried={tried}
                    rowHeight={ROW_HEIGHT}
                    rows={rows.map((at) =>
                      at < vectors
                        ? { at, vector: vectorAt(at), label: String(vectorAt(at)) }
                        : { at, vector: null, label: special[at - vectors]?.label ?? '' },
                    )}
                    end={count}
                  />
                </Suspense>
              )}
            </div>
          </div>
        </div>
        {total > MANY && vectors > 0 && (
          <Suspense fallback={<div className="overview rigid" />}>
            <Overview
              moment={moment}
              used={filtered ? used : null}
              count={vectors}
              rowHeight={ROW_HEIGHT}
              rows={ref}
              controls={id}
            />
          </Suspense>
        )}
      </div>
      {count === 0 && (
        <p className="nothing">
          {filtered ? 'No row is in use.' : 'This device has no MSI or MSI-X vectors.'}
        </p>
      )}
      {opened !== null && (
        <Suspense fallback={null}>
          <RowDetail row={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
      <footer className="wiring-foot cluster rigid apart aside">
        <pre>
          <FootTerms text={`${capabilityLines(now).join('\n')}\n${driverLine(now)}`} />
        </pre>
        <Interrupts machine={now} />
      </footer>
    </section>
  );
}

/** Makes glossary words of lspci's and the driver's output into terms. */
function FootTerms({ text }: { readonly text: string }) {
  return text.split(FOOT_WORDS).map((part, at) =>
    // the matches of the pattern are at the odd places
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no other name than its place
    at % 2 === 0 ? part : <Term key={at}>{part}</Term>,
  );
}

function WiringHeading() {
  const { cursor, script } = useSession();
  const replayed = useReplay();
  const steps = cursor.step === null ? 0 : kernelSteps(framesOf(replayed, cursor.line)).length;
  // the last computed line is shown and named
  const line = Math.min(cursor.line, knownLines(replayed));
  const where = line === 0 ? 'Wiring at the start' : `Wiring after line ${line}`;
  return (
    <h2 id="wiring-heading">
      {cursor.step === null
        ? where
        : `Wiring inside line ${cursor.line} · kernel step ${cursor.step + 1} of ${steps}`}
      {!isKnown(replayed, cursor.line) && ` (still computing line ${cursor.line.toLocaleString('en')}…)`}
      {script[line - 1]?.disabled === true && ' (skipped)'}
    </h2>
  );
}

function WiringHead({ msi }: { readonly msi: boolean }) {
  return (
    <div className="wiring-head" role="row">
      <span role="columnheader" className="hidden">
        Vector
      </span>
      <span role="columnheader" className="c-eventfd">
        <Term>eventfd</Term> <small>counter</small>
      </span>
      <span role="columnheader" className="c-ctx">
        <Term>vfio ctx</Term> <small>{msi ? 'vector' : 'xarray entry'}</small>
      </span>
      <span role="columnheader" className="c-irq">
        <Term>Linux irq</Term> <small>allocated, requested</small>
      </span>
      <span role="columnheader" className="c-entry">
        {msi ? <Term word="MSI">MSI capability</Term> : <Term>MSI-X table</Term>}{' '}
        <small>message, mask bit</small>
      </span>
    </div>
  );
}
