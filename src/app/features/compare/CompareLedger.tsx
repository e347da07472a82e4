// The cost of each policy for the same workload.

import { grouped } from '../../../base/grouped.ts';
import type { Comparing } from '../../../views/compare/comparing.ts';
import { LEDGER_ROWS } from '../../../views/compare/ledger.ts';

interface CompareLedgerProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
}

/** The counts of the lanes over all compared lines. */
export function CompareLedger({ comparing, labels }: CompareLedgerProps) {
  const { divergence, ledgers } = comparing;
  const sums = ledgers.map((ledger) => ledger.sums);
  const { done, length } = divergence;
  return (
    <div className="compare-ledger fill scroll" tabIndex={0} role="group" aria-label="Counts by lane">
      <table>
        <caption>
          {done < length ? `The first ${grouped(done)} lines` : 'All lines of the script'}, by lane
        </caption>
        <thead>
          <tr>
            <th scope="col">Count</th>
            {labels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LEDGER_ROWS.map(({ key, name, about }) => {
            const values = sums.map((sum) => sum[key]);
            const differs = values.some((value) => value !== values[0]);
            return (
              <tr key={key} className={differs ? 'differs' : undefined}>
                <th scope="row" title={about}>
                  {name}
                  {differs && (
                    <span className="unequal rigid">
                      {' '}
                      ≠<span className="hidden"> differs</span>
                    </span>
                  )}
                </th>
                {values.map((value, at) => (
                  <td key={labels[at]}>{grouped(value)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
