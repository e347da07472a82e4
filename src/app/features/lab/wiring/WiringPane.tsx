// The main picture: one row per vector, from the eventfd at the left to the table entry at the right.

import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { capabilityLines, driverLine } from '../../../../views/wiring/capability.ts';
import { type EverUsed, everUsed, usedVectors } from '../../../../views/wiring/folds.ts';
import type { WiringRow } from '../../../../views/wiring/row.ts';
import { vectorCount } from '../../../../views/wiring/rows.ts';
import { useTried } from '../../../store/compose.ts';
import { useSession } from '../../../store/lab.ts';
import { useMoment, useReplay } from '../../../store/useMoment.ts';
import { late } from '../../../ui/late.ts';
import { Term } from '../../../ui/Term.tsx';
import { WiringHeading } from '../../../ui/wiring/WiringHeading.tsx';
import { MANY, ROW_HEIGHT, useWiringRows, WiringTable } from '../../../ui/wiring/WiringTable.tsx';
import { useFolding } from './folding.ts';
import { Interrupts } from './Interrupts.tsx';
import { useVectorRange } from './useVectorRange.ts';
import './detail.css';

const RowDetail = lazy(() => import('./RowDetail.tsx').then((made) => ({ default: made.RowDetail })));

const GhostRows = lazy(() => import('./GhostRows.tsx').then((module) => ({ default: module.GhostRows })));

const Overview = late(async () => (await import('./Overview.tsx')).Overview);

const Caption = late(async () => (await import('../../../ui/wiring/Caption.tsx')).Caption);

const FOOT_WORDS = /\b(Masked|irq_type|has_dyn_msix)\b/;

export function WiringPane() {
  const { cursor } = useSession();
  const replayed = useReplay();
  const moment = useMoment();
  const { now } = moment;
  const before = useRef<EverUsed | null>(null);
  const ever = useMemo(() => everUsed(replayed, before.current), [replayed]);
  before.current = ever;
  const used = useMemo(() => usedVectors(moment, ever.vectors), [moment, ever.vectors]);
  const total = vectorCount(now);
  const rows = useWiringRows(moment, used, useFolding());
  const { ref, first, end, count, places, drawn, reveal, revealVector } = rows;
  const tried = useTried();
  useVectorRange(ref, total, revealVector);
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
  // Tab reaches one row; the arrow keys move from row to row
  const reachable = reached >= first && reached < end ? reached : first;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    // with Shift the arrows choose a range
    if (event.shiftKey || step === undefined || !(event.target instanceof HTMLButtonElement)) return;
    const to = Number(event.target.dataset['row'] ?? reachable) + step;
    if (to < 0 || to >= count) return;
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
        <WiringHeading id="wiring-heading" replayed={replayed} cursor={cursor} />
      </div>
      <div className="flex fill">
        <WiringTable
          id={id}
          rows={rows}
          term={(text, word = text) => <Term word={word}>{text}</Term>}
          own={(row, at) => ({
            open: opened === (row.vector ?? row.label),
            reachable: at === reachable,
            onOpen,
          })}
          reachable={reachable}
          onKeyDown={onKeyDown}
        >
          {tried !== null && (
            <Suspense fallback={null}>
              <GhostRows tried={tried} rowHeight={ROW_HEIGHT} rows={drawn} end={count} />
            </Suspense>
          )}
        </WiringTable>
        {total > MANY && (
          <Suspense fallback={<div className="overview rigid" />}>
            <Overview moment={moment} places={places} rowHeight={ROW_HEIGHT} rows={ref} controls={id} />
          </Suspense>
        )}
      </div>
      {opened !== null && (
        <Suspense fallback={null}>
          <RowDetail row={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
      <Suspense fallback={<p className="wiring-caption small">{'\u00a0'}</p>}>
        <Caption machine={now} />
      </Suspense>
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
