// The plainest search there can be: breadth first, keys as text, every line run anew in every state. It is the measure
// for the fast search and for the exported models.
import { holdsIn } from '../../src/explore/predicate.ts';
import type { Problem } from '../../src/explore/problem.ts';
import type { Difference } from '../../src/explore/questions.ts';
import { canonicalKey, keyParts } from '../../src/explore/state.ts';
import type { Run } from '../../src/kernel/frame.ts';
import { run } from '../../src/kernel/run.ts';
import type { Machine } from '../../src/machine/machine.ts';

/** What the naive search says: states and lines tried until it ended, and the length of a shortest script if there is one. */
export interface Counted {
  readonly states: number;
  readonly transitions: number;
  readonly found: number | null;
}

/** Searches without bounds. */
export function naive({ sides, alphabet, question }: Problem): Counted {
  const keyOf = (machines: readonly Machine[]) =>
    machines.map((machine, at) =>
      canonicalKey(machine, keyParts((sides[at] ?? sides[0]).start, alphabet, question)),
    );
  const start = sides.map((side) => side.start);
  const seen = new Set([keyOf(start).join('#')]);
  let frontier = [start];
  let transitions = 0;
  for (let depth = 1; frontier.length > 0; depth++) {
    const next: Machine[][] = [];
    for (const machines of frontier) {
      for (const line of alphabet) {
        transitions++;
        const runs = sides.map(({ generation }, at) => run(generation, machines[at] ?? sides[0].start, line));
        const [a, b] = runs;
        if (a === undefined) throw new Error('a problem has a side');
        const yes =
          question.sides === 1
            ? question.where !== null && holdsIn(question.where, { line, run: a })
            : b !== undefined && seenOf(a, question.differ) !== seenOf(b, question.differ);
        if (yes) return { states: seen.size, transitions, found: depth };
        const after = runs.map((made) => made.after);
        const key = keyOf(after).join('#');
        if (!seen.has(key)) {
          seen.add(key);
          next.push(after);
        }
      }
    }
    frontier = next;
  }
  return { states: seen.size, transitions, found: null };
}

/** What of a step two kernels are compared by, as text. */
function seenOf({ ret, errno, happenings, after }: Run, difference: Difference): string {
  const { domain, pci, vdev, device } = after;
  const vectors = Array.from({ length: device.msix?.vectors ?? 0 }, (_, v) => {
    const trigger = vdev.ctx.get(v)?.trigger ?? null;
    if (difference === 'attached') return trigger;
    const entry = pci.entries.get(v);
    const handler = domain.descs.get(v)?.handler ?? null;
    return [domain.descs.has(v), trigger, handler, entry?.masked ?? true, entry?.pending ?? false];
  });
  const signals = happenings.flatMap((event) => (event.kind === 'signal' ? [event.ev] : [])).sort();
  switch (difference) {
    case 'return':
      return JSON.stringify([ret, errno]);
    case 'client':
      return JSON.stringify([ret, errno, signals]);
    case 'attached':
      return JSON.stringify(vectors);
    case 'state':
      return JSON.stringify([vectors, vdev.irq_type, pci.msixEnabled, pci.pinAsserted]);
  }
}
