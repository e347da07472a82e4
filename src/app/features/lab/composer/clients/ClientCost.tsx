// The client's state about vectors, and its cost since it opened the device.

import { useMemo } from 'react';
import type { AtWork } from '../../../../../clients/atWork.ts';
import type { Replay } from '../../../../../session/replay.ts';
import { counted, ranges } from '../../../../../text/numbers.ts';
import { costOf } from '../../../../../views/clients/cost.ts';

interface ClientCostProps {
  readonly work: AtWork;
  readonly replayed: Replay;
}

/** Two small lists. */
export function ClientCost({ work, replayed }: ClientCostProps) {
  const cost = useMemo(() => costOf(replayed, work), [replayed, work]);
  const { foreign, now } = work;
  const costs: readonly (readonly [name: string, value: string, about: string])[] = [
    ['ioctls', `${cost.ioctls}, including ${cost.setIrqs} SET_IRQS`, 'since the client opened the device'],
    [
      'detached while awaited',
      counted(cost.detached, 'vector-line'),
      'the lines after which a vector that the guest waits for had no eventfd, summed over these vectors',
    ],
    [
      'interrupts lost',
      cost.lostAwaited === cost.lost ? `${cost.lost}` : `${cost.lost}, ${cost.lostAwaited} of them awaited`,
      'raised by the device and never delivered; awaited: the guest waits for the vector before and after the line',
    ],
    [
      'unused irqs',
      cost.unused.length === 0
        ? '0'
        : `${cost.unused.length} (${cost.unused.length === 1 ? 'vector' : 'vectors'} ${ranges(cost.unused)})`,
      'irqs of vectors that the guest never waited for and that never delivered',
    ],
  ];
  return (
    <>
      {now !== null && (
        <section aria-label="Client state" className="client-kept">
          <h3>State of {work.client.label}</h3>
          <dl>
            {now.kept.facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {now.kept.vectors.length > 0 && (
            <ul aria-label="Client vectors">
              {now.kept.vectors.map(({ vector, words }) => (
                <li key={vector}>
                  <b>{vector}</b> {words}
                </li>
              ))}
            </ul>
          )}
          {foreign.length > 0 && (
            <p className="alarm">
              {foreign.length === 1 ? 'Line' : 'Lines'} {ranges(foreign.slice(0, 20))}
              {foreign.length > 20 ? ' …' : ''} changed the device without the client’s knowledge.
            </p>
          )}
        </section>
      )}
      <section aria-label="Client cost" className="client-kept">
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
