// The parts of a review in words: conditions, respects, differences, lacking operations, steps of the workload.

import type { Condition, Respect } from '../../explore/review/conditions.ts';
import type { CostStep } from '../../explore/review/costs.ts';
import type { Fate, LineResult, ReviewDifference } from '../../explore/review/differences.ts';
import type { NotAsked, ReviewAnswer } from '../../explore/review/review.ts';
import type { Unasked } from '../../explore/review/unasked.ts';
import { counted } from '../../text/numbers.ts';

/** The kernels' names. */
type Names = readonly [string, string];

/** To whom a difference is visible, and what that means. */
export const RESPECTS: readonly {
  readonly respect: Respect;
  readonly name: string;
  readonly about: string;
}[] = [
  {
    respect: 'client',
    name: 'client',
    about:
      'The process with the device’s descriptor: the result and errno of each ioctl, the flags and count of GET_IRQ_INFO, the signals of its eventfds.',
  },
  {
    respect: 'host',
    name: 'root',
    about:
      'Reads sysfs and proc on the host: the files of msi_irqs, the handlers and counts of /proc/interrupts, an irq that is freed and allocated again (its count and /proc/irq/N/smp_affinity begin anew). Irqs are compared by their vector, because a number depends on the other devices of the machine.',
  },
  {
    respect: 'state',
    name: 'state',
    about:
      'Everything that the model has, also what neither of the two can read, such as the pending bits of the table.',
  },
];

/** Returns the name of a respect. */
export function respectName(respect: Respect): string {
  return RESPECTS.find((one) => one.respect === respect)?.name ?? respect;
}

/** Returns a condition in a few words, for instance `host with 2 irqs`. */
export function conditionName(condition: Condition): string {
  switch (condition.kind) {
    case 'usual':
      return 'usual host, MSI-X';
    case 'msi':
      return 'MSI';
    case 'no-dynamic':
      return 'no dynamic allocation';
    case 'irqs':
      return `host with ${counted(condition.irqs, 'irq')}`;
    case 'cpu-vectors':
      return `host with ${counted(condition.cpuVectors, 'CPU vector')}`;
    case 'fault':
      return `${condition.site} fails`;
    case 'inside':
      return `device fires inside an ioctl, ${condition.mode === 'msix' ? 'MSI-X' : 'MSI'}`;
  }
}

/** Returns the operations of a search, for instance `3 vectors, 2 eventfds, blocks of up to 2, 55 operations`. */
export function operationsText({ operations }: Pick<ReviewAnswer, 'operations'>): string {
  const { vectors, goodFds, maxBlock, lines } = operations;
  return [
    counted(vectors, 'vector'),
    counted(goodFds, 'eventfd'),
    `blocks of up to ${maxBlock}`,
    counted(lines, 'operation'),
  ].join(', ');
}

/** Returns a result in few characters, for instance `0` or `ENOSPC`. */
export function shortResult({ ret, errno }: LineResult): string {
  return errno ?? String(ret);
}

/** Returns a result as a clause, for instance `returns 0`. */
export function resultClause({ ret, errno }: LineResult): string {
  return errno === null ? `returns ${ret}` : `fails with ${errno}`;
}

function both(names: Names, of: readonly [string, string]): string {
  return `${names[0]}: ${of[0]}; ${names[1]}: ${of[1]}.`;
}

function listed(numbers: readonly number[]): string {
  return numbers.length === 0 ? 'none' : numbers.join(', ');
}

/** Returns what became of an interrupt as a clause. */
function fateClause(fate: Fate): string {
  switch (fate.kind) {
    case 'signalled':
      return `signals eventfd ${fate.fd}`;
    case 'pending':
      return 'stays pending';
    case 'lost':
      return 'is lost';
    case 'refused':
      return 'cannot be raised, because neither MSI-X nor MSI is enabled';
  }
}

/** Returns a difference as a sentence. */
export function differenceText(difference: ReviewDifference, names: Names): string {
  switch (difference.kind) {
    case 'result':
      return both(names, [resultClause(difference.of[0]), resultClause(difference.of[1])]);
    case 'output': {
      const [a, b] = difference.of.map((out) =>
        out === null
          ? 'nothing'
          : Object.entries(out)
              .map(([name, value]) => `${name} ${value}`)
              .join(', '),
      );
      return `Output of the ioctl. ${both(names, [a ?? '', b ?? ''])}`;
    }
    case 'signals':
      return `Signalled eventfds. ${both(names, [listed(difference.of[0]), listed(difference.of[1])])}`;
    case 'msi_irqs': {
      const [a, b] = difference.of.map((file) => (file === null ? 'no file' : `a file with ${file}`));
      return `msi_irqs, irq of vector ${difference.vector}. ${both(names, [a ?? '', b ?? ''])}`;
    }
    case 'interrupts': {
      const [a, b] = difference.of.map((name) => name ?? 'no handler');
      return `/proc/interrupts, irq of vector ${difference.vector}. ${both(names, [a ?? '', b ?? ''])}`;
    }
    case 'counts':
      return `/proc/interrupts, vectors whose count grows. ${both(names, [listed(difference.of[0]), listed(difference.of[1])])}`;
    case 'renewed':
      return `Vectors whose irq is freed and allocated again. ${both(names, [listed(difference.of[0]), listed(difference.of[1])])}`;
    case 'state':
      return difference.text;
    case 'fate': {
      const { side, vector, fate } = difference;
      return `An interrupt of vector ${vector} inside the last ioctl ${fateClause(fate)} in ${names[side]} and at no moment in ${names[side === 0 ? 1 : 0]}.`;
    }
  }
}

/** Returns the name of what differs, for instance `msi_irqs`. */
export function differingThing(difference: ReviewDifference): string {
  switch (difference.kind) {
    case 'result':
      return 'an ioctl result';
    case 'output':
      return 'the output of an ioctl';
    case 'signals':
      return 'a signal';
    case 'msi_irqs':
      return 'msi_irqs';
    case 'interrupts':
    case 'counts':
      return '/proc/interrupts';
    case 'renewed':
      return '/proc/irq';
    case 'state':
      return 'the state';
    case 'fate':
      return 'an interrupt';
  }
}

/** Returns why a question cannot be asked. */
export function notAskedText({ fn }: NotAsked): string {
  return `no assignment of these operations calls ${fn} in either kernel`;
}

/** Returns operations that no search of the review has. */
export function unaskedText(unasked: Unasked): string {
  return {
    intx: 'INTx (the pin)',
    'err-req': 'the ERR and REQ indexes',
    mask: 'ACTION_MASK and ACTION_UNMASK',
    bool: 'DATA_BOOL triggers',
    close: 'close(2) of an eventfd',
    'read-write': 'read(2) and write(2) of an eventfd',
    reset: 'resets',
    'release-reopen': 'closing and opening the device',
    config: 'reads and writes of config space',
    clobber: 'a table entry that the device loses',
    info: 'GET_IRQ_INFO',
  }[unasked];
}

/** Returns a step of the workload in words. */
export function stepText(step: CostStep): string {
  return {
    enable: 'enable 4 vectors',
    add: 'add vector 4',
    swap: 'swap the eventfd of vector 0',
    detach: 'detach vector 1',
    'failing-block': 'block of vectors 2 and 3 that fails at 3',
    'failing-add': 'failing assignment of unused vector 5',
    disable: 'disable',
  }[step];
}
