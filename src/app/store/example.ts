// The script of a first visit: the central case in the review of dynamic MSI-X. After a failed assignment to vector 1 another
// vector is allocated; the generations differ in whether it gets the irq number of vector 1.

import { line, type Op } from '../../kernel/line.ts';
import { insertLine } from '../../session/edits.ts';
import { emptySession, type Session, scriptLine } from '../../session/session.ts';

/** SET_IRQS with eventfds on MSI-X. */
function attach(start: number, fds: readonly number[]): Op {
  const data = { kind: 'i32', values: fds } as const;
  return {
    op: 'set_irqs',
    argsz: 20 + 4 * fds.length,
    flags: 0x24,
    index: 2,
    start,
    count: fds.length,
    data,
  };
}

function eventfd(fd: number): Op {
  return { op: 'eventfd', fd, initval: 0n, semaphore: false };
}

const EXAMPLE: readonly Op[] = [
  eventfd(100),
  eventfd(101),
  eventfd(102),
  eventfd(103),
  attach(0, [100, 101, 102]),
  { op: 'raise', vector: 1 },
  attach(1, [999]),
  { op: 'raise', vector: 1 },
  attach(5, [103]),
  { op: 'raise', vector: 5 },
  attach(1, [101]),
  { op: 'set_irqs', argsz: 20, flags: 0x21, index: 2, start: 0, count: 0, data: { kind: 'none' } },
];

/** The cursor of a first visit: the delivered interrupt. The next line fails. */
const SHOWN_LINE = 6;

/** Returns the session of a first visit. */
export function exampleSession(): Session {
  const session = EXAMPLE.reduce(
    (made, op, at) => insertLine(made, at, scriptLine(line(op))),
    emptySession('dynamic', 'nvme'),
  );
  return { ...session, cursor: { line: SHOWN_LINE, step: null } };
}
