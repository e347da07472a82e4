// The wirings of the lanes side by side, one row per vector. A differing row names its difference, and every differing cell
// has a mark beside its text.

import { useEffect, useState } from 'react';
import type { Divergence } from '../../../session/divergence.ts';
import {
  type CompareRow,
  comparedPlaces,
  compareRow,
  compareRowSentence,
  specialCompareRows,
} from '../../../views/compare/rows.ts';
import { tokens } from '../../../views/linked/things.ts';
import { type Fold, placeOf, type VectorRange, withFold } from '../../../views/wiring/folds.ts';
import type { Moment } from '../../../views/wiring/moment.ts';
import type { EntryCell, WiringCell, WiringRow } from '../../../views/wiring/row.ts';
import { useWindow } from '../../ui/useWindow.ts';
import { FoldRow } from '../../ui/wiring/FoldRow.tsx';

const ROW_HEIGHT = 40;

interface CompareRowsProps {
  readonly divergence: Divergence;
  readonly moments: readonly Moment[];
  readonly labels: readonly string[];
  readonly line: number;
  readonly inside: boolean;
  readonly shown: number;
  /** The vectors that a lane uses at any line. */
  readonly ever: ReadonlySet<number>;
}

export function CompareRows(props: CompareRowsProps) {
  const { divergence, moments, labels, line, inside, shown, ever } = props;
  const [opened, setOpened] = useState<readonly VectorRange[]>([]);
  const vectors = comparedPlaces(moments, ever, opened);
  const special = specialCompareRows(moments);
  const count = vectors.length + special.length;
  const { ref, onScroll, first, end, reveal } = useWindow(count, ROW_HEIGHT);
  const rowAt = (at: number): CompareRow | Fold | undefined => {
    const place = vectors[at];
    if (typeof place === 'object') return place;
    return place === undefined
      ? special[at - vectors.length]
      : compareRow(divergence, moments, place, line, inside);
  };
  const changed = moments.flatMap(({ failures }) => [...failures.keys()])[0];
  const place = changed === undefined ? -1 : placeOf(vectors, changed);
  useEffect(() => {
    if (place >= 0) reveal(place);
  }, [place, reveal]);
  return (
    <div
      ref={ref}
      className="compare-rows fill"
      role="table"
      aria-label="Wirings side by side"
      aria-rowcount={count + 1}
      tabIndex={0}
      onScroll={onScroll}
    >
      <div role="row" className="hidden">
        <span role="columnheader">Vector</span>
        {labels.map((label) => (
          <span key={label} role="columnheader">
            {label}
          </span>
        ))}
      </div>
      {count === 0 && <p className="nothing">No vector is in use in any lane.</p>}
      <div role="rowgroup" style={{ height: count * ROW_HEIGHT }}>
        {Array.from({ length: end - first }, (_, at) => first + at).map((at) => {
          const row = rowAt(at);
          if (row === undefined) return null;
          return 'from' in row ? (
            <FoldRow
              key={`fold ${row.from}`}
              fold={row}
              index={at}
              top={at * ROW_HEIGHT}
              reachable
              onFold={(fold) => setOpened(withFold(opened, fold))}
            />
          ) : (
            <Row key={row.label} row={row} labels={labels} top={at * ROW_HEIGHT} index={at} shown={shown} />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: CompareRow;
  readonly labels: readonly string[];
  readonly top: number;
  readonly index: number;
  readonly shown: number;
}

function Row({ row, labels, top, index, shown }: RowProps) {
  const { marks, vector, label } = row;
  const differs = marks.word !== '';
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-label={compareRowSentence(row, labels)}
      className={differs ? 'compare-row line-below tracks differs' : 'compare-row line-below tracks'}
      style={{ top }}
      data-link={vector === null ? undefined : tokens([{ kind: 'vector', id: vector }])}
    >
      <span role="rowheader" className="vector">
        {label}
        {differs && (
          <small>
            <span aria-hidden="true">≠ </span>
            {marks.word}
          </small>
        )}
      </span>
      {row.lanes.map((lane, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other key than their place
          key={at}
          role="cell"
          className="lane-cell bar slim"
          data-shown={at === shown ? true : undefined}
        >
          {lane !== null && <Chain row={lane} marks={marks} />}
        </span>
      ))}
    </div>
  );
}

function Chain({ row, marks }: { readonly row: WiringRow; readonly marks: CompareRow['marks'] }) {
  const [left, , right] = row.wires;
  const inner = row.irq === null && row.ctx === null ? 'none' : left;
  return (
    <span
      className={
        row.change === 'signalled' ? 'chain tracks grow middle signalled' : 'chain tracks grow middle'
      }
    >
      <Box column="eventfd" cell={row.eventfd} differs={marks.eventfd} />
      <span aria-hidden="true" className={`wire ${row.irq === null ? 'none' : inner}`} />
      <Box column="irq" cell={row.irq} differs={marks.irq} />
      <span aria-hidden="true" className={`wire ${right}`} />
      <Entry cell={row.entry} differs={marks.entry} />
    </span>
  );
}

function Unequal() {
  return (
    <span className="unequal rigid">
      ≠<span className="hidden"> differs </span>
    </span>
  );
}

interface BoxProps {
  readonly column: string;
  readonly cell: WiringCell | null;
  readonly differs: boolean;
}

function Box({ column, cell, differs }: BoxProps) {
  if (cell === null) {
    return (
      <span className={`c-${column}`}>
        {differs && (
          <span className="box absent">
            <Unequal /> <span>none</span>
          </span>
        )}
      </span>
    );
  }
  return (
    <span className={`c-${column}`}>
      <span className={`box ${cell.look}`} title={`${cell.text} ${cell.word}`}>
        {differs && <Unequal />}
        <span className="cut">{cell.text}</span> {cell.word !== '' && <b>{cell.word}</b>}
      </span>
    </span>
  );
}

function Entry({ cell, differs }: { readonly cell: EntryCell | null; readonly differs: boolean }) {
  if (cell === null) return <span className="c-entry" />;
  const mask = cell.masked === null ? 'not maskable' : cell.masked ? 'masked' : 'unmasked';
  return (
    <span className="c-entry">
      <span
        className={`box ${cell.look}${cell.pending ? ' pending' : ''}`}
        title={`${cell.text}, ${mask}${cell.pending ? ', pending' : ''}`}
      >
        {differs && <Unequal />}
        <span className="cut message">{cell.text}</span> {cell.word !== '' && <b>{cell.word}</b>}
        <i className={`bit ${cell.masked === true ? 'masked' : 'open'}`}>
          <span className="hidden">{mask}</span>
        </i>
      </span>
    </span>
  );
}
