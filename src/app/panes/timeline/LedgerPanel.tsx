// The ledger in full: where interrupts and irqs went, the eventfds, and the invariants that the script breaks.

import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { knownLines, type Replay } from '../../../session/replay.ts';
import {
  type BrokenInvariant,
  breachSentence,
  brokenUpTo,
  bySubject,
  checkedLines,
  lookAtNext,
} from '../../../views/breaches.ts';
import { eventfdEntries, LOSS_CAUSES, pendingNow } from '../../../views/ledger.ts';
import { ledgerDetailsAt } from '../../../views/sums.ts';
import { counted } from '../../../views/words/numbers.ts';
import { Term } from '../../parts/Term.tsx';
import { lookAt, useSession } from '../../state/lab.ts';
import { useMoment, useReplay } from '../../state/useMoment.ts';
import './ledger.css';

/** Eventfds shown before the table says that there are more. */
const SHOWN = 64;
/** Lines are looked at for so many milliseconds at a time; between two such times the page answers. */
const SLICE = 8;

/** The panel. */
export function LedgerPanel() {
  const { cursor } = useSession();
  const replayed = useReplay();
  const details = ledgerDetailsAt(replayed, cursor.line);
  const { counts } = details;
  const causes = LOSS_CAUSES.filter((cause) => details.lostBy[cause] > 0);
  const pending = pendingNow(useMoment().now);
  return (
    <div className="ledger-panel">
      <h3>Up to line {Math.min(cursor.line, knownLines(replayed))}</h3>
      <Counts name="Interrupts">
        <Count name="raised" term="raised" count={counts.raised} />
        <Count name="delivered" term="delivered" count={counts.delivered} />
        <Count name="coalesced" term="coalesced" count={counts.coalesced}>
          {counts.coalesced > 0 && 'came while one was pending'}
        </Count>
        <Count name="made pending" term="pending" count={counts.pending}>
          {pending} pending now
        </Count>
        <Count name="lost" term="lost" count={counts.lost}>
          {causes.map((cause) => `${cause.replaceAll('-', ' ')} ${details.lostBy[cause]}`).join(', ')}
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
  /** The term that explains the name. */
  readonly term?: string;
  readonly count: number;
  readonly children?: ReactNode;
}

function Count(props: CountProps) {
  return (
    <div>
      <dt>{props.term === undefined ? props.name : <Term word={props.term}>{props.name}</Term>}</dt>
      <dd>
        {props.count.toLocaleString('en')} <small>{props.children}</small>
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
      <h4>Invariants that {label} breaks here</h4>
      {checked < upTo && (
        <progress
          max={upTo}
          value={checked}
          aria-label={`${checked} of ${counted(upTo, 'line')} looked at`}
        />
      )}
      {here.length === 0 && checked === upTo && <p>None.</p>}
      <Breaches broken={here} id={id} />
      {elsewhere.length > 0 && (
        <details>
          <summary>{elsewhere.length} more that only other generations keep</summary>
          <Breaches broken={elsewhere} id={id} />
        </details>
      )}
    </section>
  );
}

function Breaches(props: { readonly broken: readonly BrokenInvariant[]; readonly id: GenerationId }) {
  return (
    <ul>
      {props.broken.map((one) => (
        <li key={one.invariant.id}>
          <button
            type="button"
            className="breach"
            onClick={() => lookAt({ line: one.lines[0] ?? 0, step: null })}
          >
            {breachSentence(one)}
          </button>
          <small>
            {one.invariant.text}{' '}
            {one.invariant.holds.includes(props.id)
              ? 'Said to hold in this generation.'
              : `Kept by ${one.invariant.holds.join(', ')}.`}
          </small>
        </li>
      ))}
    </ul>
  );
}

/** Looks at the lines up to `upTo`, some at a time; the number of those that have been looked at. */
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
