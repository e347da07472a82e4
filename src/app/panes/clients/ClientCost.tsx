// What the client keeps about vectors, and what its way has cost since it opened the device.

import { useMemo } from 'react';
import type { AtWork } from '../../../clients/atWork.ts';
import type { Replay } from '../../../session/replay.ts';
import { costOf } from '../../../views/clients/cost.ts';
import { counted, ranges } from '../../../views/words/numbers.ts';

/** What the lists need. */
interface ClientCostProps {
  readonly work: AtWork;
  readonly replayed: Replay;
}

/** Two small lists. */
export function ClientCost({ work, replayed }: ClientCostProps) {
  const cost = useMemo(() => costOf(replayed, work), [replayed, work]);
  const { foreign, now } = work;
  const costs: readonly (readonly [name: string, value: string, about: string])[] = [
    ['ioctls', `${cost.ioctls}, ${cost.setIrqs} of them SET_IRQS`, 'since it opened the device'],
    [
      'detached while awaited',
      counted(cost.detached, 'vector-line'),
      'vectors for which the guest waits, times the lines after which they had no eventfd',
    ],
    [
      'interrupts lost',
      cost.lostAwaited === cost.lost ? `${cost.lost}` : `${cost.lost}, ${cost.lostAwaited} of them awaited`,
      'raised by the device and seen by nobody; awaited: of a vector for which the guest waits before and after',
    ],
    [
      'irqs never used',
      cost.unused.length === 0
        ? '0'
        : `${cost.unused.length} (${cost.unused.length === 1 ? 'vector' : 'vectors'} ${ranges(cost.unused)})`,
      'irqs of vectors for which the guest never waited and that never delivered',
    ],
  ];
  return (
    <>
      {now !== null && (
        <section aria-label="What the client keeps" className="client-kept">
          <h3>{work.client.label} keeps</h3>
          <dl>
            {now.kept.facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {now.kept.vectors.length > 0 && (
            <ul aria-label="Vectors that it knows">
              {now.kept.vectors.map(({ vector, words }) => (
                <li key={vector}>
                  <b>{vector}</b> {words}
                </li>
              ))}
            </ul>
          )}
          {foreign.length > 0 && (
            <p className="client-foreign">
              {foreign.length === 1 ? 'Line' : 'Lines'} {ranges(foreign.slice(0, 20))}
              {foreign.length > 20 ? ' …' : ''} changed the device behind its back.
            </p>
          )}
        </section>
      )}
      <section aria-label="What it cost" className="client-kept">
        <h3>Cost</h3>
        <dl>
          {costs.map(([name, value, about]) => (
            <div key={name} title={about}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
