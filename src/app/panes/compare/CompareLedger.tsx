// What each policy cost on the same workload.

import type { Comparing } from '../../../views/compare/comparing.ts';
import { LEDGER_ROWS } from '../../../views/compare/ledger.ts';

/** What the table needs. */
interface CompareLedgerProps {
  readonly comparing: Comparing;
  readonly labels: readonly string[];
}

/** The ledgers of the lanes over all lines that are compared. */
export function CompareLedger({ comparing, labels }: CompareLedgerProps) {
  const { divergence, ledgers } = comparing;
  const sums = ledgers.map((ledger) => ledger.sums);
  const { done, length } = divergence;
  return (
    <div className="compare-ledger" tabIndex={0} role="group" aria-label="Ledgers">
      <table>
        <caption>
          {done < length ? `The first ${done.toLocaleString('en')} lines` : 'All lines of the script'}, by
          lane
        </caption>
        <thead>
          <tr>
            <th scope="col">What</th>
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
                    <span className="unequal">
                      {' '}
                      ≠<span className="hidden"> differs</span>
                    </span>
                  )}
                </th>
                {values.map((value, at) => (
                  <td key={labels[at]}>{value.toLocaleString('en')}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
