// The library of scenarios by number; parsed on first use.

import { CLIENT_SCENARIOS } from './clients.ts';
import { FAILURE_SCENARIOS } from './failures.ts';
import { MISREAD_SCENARIOS } from './misread.ts';
import { PROPOSAL_SCENARIOS } from './proposals.ts';
import { type Scenario, scenario } from './scenario.ts';
import { TIME_SCENARIOS } from './time.ts';

let read: readonly Scenario[] | null = null;

/** Returns every scenario: S1 to S41, then T1 to T9. */
export function scenarios(): readonly Scenario[] {
  read ??= [
    ...CLIENT_SCENARIOS,
    ...FAILURE_SCENARIOS,
    ...MISREAD_SCENARIOS,
    ...TIME_SCENARIOS,
    ...PROPOSAL_SCENARIOS,
  ]
    .map(scenario)
    .sort((a, b) => order(a.id) - order(b.id));
  return read;
}

/** Sort key: S before T, then by number; S16b after S16. */
function order(id: string): number {
  const number = Number.parseInt(id.slice(1), 10);
  return (id.startsWith('T') ? 1000 : 0) + number + (id.endsWith('b') ? 0.5 : 0);
}
