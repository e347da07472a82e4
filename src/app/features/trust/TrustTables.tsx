// The tables of the sheet: by kernel, by device and machine, and the mismatches.

import type { ReactNode } from 'react';
import { grouped } from '../../../base/grouped.ts';
import type { TrustFile } from '../../../formats/trust/trust.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { type CheckCounts, kernelsOf, totalOf } from '../../../views/trust/figures.ts';

/** A table with a scroll box of its own, which the keyboard can scroll. */
export function TableBox({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="trust-table" role="group" aria-label={`Table: ${name}`} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

const COUNTS = ['recordings', 'steps', 'compared', 'mismatches'] as const;
const COUNT_HEADS = ['recordings', 'steps', 'compared values', 'mismatches'] as const;

function CountHeads() {
  return COUNT_HEADS.map((head) => (
    <th key={head} scope="col" className="count">
      {head}
    </th>
  ));
}

function Counts({ of }: { readonly of: CheckCounts }) {
  return COUNTS.map((name) => (
    <td key={name} className={name === 'mismatches' && of[name] > 0 ? 'count wrong alarm' : 'count'}>
      {grouped(of[name])}
    </td>
  ));
}

/** The rows of the trust file. */
interface RowsProps {
  readonly rows: TrustFile['rows'];
}

/** One row per kernel, and the total. The counts come first, so that a phone shows them. */
export function KernelTable({ rows }: RowsProps) {
  return (
    <TableBox name="By kernel">
      <caption>By kernel</caption>
      <thead>
        <tr>
          <th scope="col">kernel</th>
          <CountHeads />
          <th scope="col" className="count">
            configurations
          </th>
          <th scope="col">recorded kernel</th>
          <th scope="col">release</th>
        </tr>
      </thead>
      <tbody>
        {kernelsOf(rows).map((one) => (
          <tr key={`${one.label} ${one.release}`}>
            <th scope="row">{one.label}</th>
            <Counts of={one} />
            <td className="count">{one.configs}</td>
            <td>{one.kernel}</td>
            <td className="mono">{one.release}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">total</th>
          <Counts of={totalOf(rows)} />
          <td className="count">{rows.length}</td>
          <td colSpan={2} />
        </tr>
      </tfoot>
    </TableBox>
  );
}

/** One row per recorded configuration. */
export function ConfigTable({ rows }: RowsProps) {
  return (
    <TableBox name="By device and machine">
      <caption className="hidden">By device and machine</caption>
      <thead>
        <tr>
          <th scope="col">kernel</th>
          <th scope="col">device</th>
          <th scope="col">configuration</th>
          <th scope="col">irq remapping</th>
          <CountHeads />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.generation} ${row.release} ${row.config} ${row.model} ${row.irqRemapping}`}>
            <td>{generation(row.generation).label}</td>
            <td>{row.model}</td>
            <th scope="row" className="mono">
              {row.config}
            </th>
            <td>{row.irqRemapping ? 'on' : 'off'}</td>
            <Counts of={row} />
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

/** The first mismatches of the model and a kernel. */
export function DifferenceTable({ differences }: Pick<TrustFile, 'differences'>) {
  return (
    <TableBox name="Mismatches">
      <caption>Mismatches{differences.length > 1 ? `: the first ${differences.length}` : ''}</caption>
      <thead>
        <tr>
          <th scope="col">recording</th>
          <th scope="col">step</th>
          <th scope="col">field</th>
          <th scope="col">kernel</th>
          <th scope="col">model</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, place, field, kernel, model }) => (
          <tr key={`${path} ${place} ${field}`} className="mono">
            <th scope="row">{path}</th>
            <td>{place}</td>
            <td>{field}</td>
            <td>{kernel}</td>
            <td className="wrong alarm">{model}</td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
