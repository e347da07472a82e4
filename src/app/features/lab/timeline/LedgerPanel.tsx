// All counts: interrupts, irqs, eventfds, and the invariants that the script breaks.

import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../../base/grouped.ts';
import type { GenerationId } from '../../../../kernel/generations/generation.ts';
import { generation } from '../../../../kernel/generations/index.ts';
import { knownLines, type Replay } from '../../../../session/replay.ts';
import { LOSS_WORDS } from '../../../../text/fired.ts';
import { counted } from '../../../../text/numbers.ts';
import {
  type BrokenInvariant,
  breachSentence,
  brokenUpTo,
  bySubject,
  checkedLines,
  lookAtNext,
} from '../../../../views/breaches.ts';
import { eventfdEntries, LOSS_CAUSES, pendingNow } from '../../../../views/ledger.ts';
import { ledgerDetailsAt } from '../../../../views/sums.ts';
import { useApp } from '../../../store/appContext.ts';
import { lookAt, useSession } from '../../../store/lab.ts';
import { useMoment, useReplay } from '../../../store/useMoment.ts';
import { Term } from '../../../ui/Term.tsx';
import './ledger.css';

/** Most eventfds in the table. */
const SHOWN = 64;
/** Milliseconds per slice of checking; the page responds between slices. */
const SLICE = 8;

export function LedgerPanel() {
  const { cursor } = useSession();
  const replayed = useReplay();
  const details = ledgerDetailsAt(replayed, cursor.line);
  const { counts } = details;
  const causes = LOSS_CAUSES.filter((cause) => details.lostBy[cause] > 0);
  const pending = pendingNow(useMoment().now);
  return (
    <div className="ledger-panel tracks gap-8 small">
      <h3>Up to line {Math.min(cursor.line, knownLines(replayed))}</h3>
      <Counts name="Interrupts">
        <Count name="raised" term="raised" count={counts.raised} />
        <Count name="delivered" term="delivered" count={counts.delivered} />
        <Count name="coalesced" term="coalesced" count={counts.coalesced}>
          {counts.coalesced > 0 && 'raised while one was pending'}
        </Count>
        <Count name="made pending" term="pending" count={counts.pending}>
          {pending} pending now
        </Count>
        <Count name="lost" term="lost" count={counts.lost}>
          {causes.map((cause) => `${LOSS_WORDS[cause]}: ${details.lostBy[cause]}`).join(', ')}
        </Count>
      </Counts>
      <Counts name="Irqs">
        <Count name="allocated" count={counts.allocated} />
        <Count
          name="freed by pci_free_irq_vectors()"
          term="pci_free_irq_vectors"
          count={counts.freed - details.freedOriginal - details.freedLater}
        />
        <Count
          name="freed by pci_msix_free_irq()"
          term="pci_msix_free_irq"
          count={details.freedOriginal + details.freedLater}
        >
          {details.freedOriginal > 0 && `${details.freedOriginal} original`}
        </Count>
        <Count name="numbers reused" count={details.reused}>
          {details.reused > 0 && 'by another vector'}
        </Count>
      </Counts>
      <Eventfds />
      <Invariants replayed={replayed} upTo={Math.min(cursor.line, knownLines(replayed))} />
    </div>
  );
}

function Counts({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h4>{name}</h4>
      <dl>{children}</dl>
    </section>
  );
}

interface CountProps {
  readonly name: string;
  /** Glossary term for the name. */
  readonly term?: string;
  readonly count: number;
  readonly children?: ReactNode;
}

function Count(props: CountProps) {
  return (
    <div>
      <dt>{props.term === undefined ? props.name : <Term word={props.term}>{props.name}</Term>}</dt>
      <dd>
        {grouped(props.count)} <small>{props.children}</small>
      </dd>
    </div>
  );
}

function Eventfds() {
  const { cursor } = useSession();
  const replayed = useReplay();
  const { now } = useMoment();
  const entries = eventfdEntries(now, ledgerDetailsAt(replayed, cursor.line));
  if (entries.length === 0) return null;
  return (
    <table>
      <caption>Eventfds</caption>
      <thead>
        <tr>
          <th scope="col">fd</th>
          <th scope="col">counter</th>
          <th scope="col">interrupt</th>
          <th scope="col">
            <Term>loopback</Term>
          </th>
          <th scope="col">
            <Term>virqfd</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.slice(0, SHOWN).map(({ ev, name, count, interrupt, loopback, virqfd }) => (
          <tr key={ev}>
            <th scope="row">{name}</th>
            <td>{count === null ? 'gone' : String(count)}</td>
            <td>{interrupt}</td>
            <td>{loopback}</td>
            <td>{virqfd}</td>
          </tr>
        ))}
        {entries.length > SHOWN && (
          <tr>
            <td colSpan={5}>… {entries.length - SHOWN} more</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Invariants({ replayed, upTo }: { readonly replayed: Replay; readonly upTo: number }) {
  const checked = useCheckedLines(replayed, upTo);
  const broken = useMemo(() => brokenUpTo(replayed, checked), [replayed, checked]);
  const { id, label } = replayed.generation;
  const { here, elsewhere } = bySubject(broken, id);
  return (
    <section aria-label="Invariants">
      <h4>Broken invariants · {label}</h4>
      {checked < upTo && (
        <progress max={upTo} value={checked} aria-label={`${checked} of ${counted(upTo, 'line')} checked`} />
      )}
      {here.length === 0 && checked === upTo && <p>No invariant is broken.</p>}
      <Breaches broken={here} id={id} />
      {elsewhere.length > 0 && (
        <details>
          <summary>{elsewhere.length} more, expected only of other kernels</summary>
          <Breaches broken={elsewhere} id={id} />
        </details>
      )}
    </section>
  );
}

function Breaches(props: { readonly broken: readonly BrokenInvariant[]; readonly id: GenerationId }) {
  const app = useApp();
  return (
    <ul>
      {props.broken.map((one) => (
        <li key={one.invariant.id}>
          <button
            type="button"
            className="breach alarm"
            onClick={() => lookAt(app, { line: one.lines[0] ?? 0, step: null })}
          >
            {breachSentence(one)}
          </button>
          <small>
            {one.invariant.text}{' '}
            {one.invariant.holds.includes(props.id)
              ? 'The model expects this invariant of this kernel.'
              : `Expected of: ${one.invariant.holds.map((id) => generation(id).label).join(', ')}.`}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** Checks the lines up to `upTo` in slices; returns the number of checked lines. */
function useCheckedLines(replayed: Replay, upTo: number): number {
  const [, again] = useState(0);
  const checked = checkedLines(replayed, upTo);
  useEffect(() => {
    if (checked >= upTo) return;
    const timer = setTimeout(() => {
      const end = performance.now() + SLICE;
      for (let line = checked + 1; line <= upTo && performance.now() < end; line++) lookAtNext(replayed);
      again((times) => times + 1);
    });
    return () => clearTimeout(timer);
  }, [replayed, upTo, checked]);
  return checked;
}
