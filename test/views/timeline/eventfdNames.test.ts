// Names of eventfds are kept from one replay to the next only for lines that both have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineAfter, type Replay, replay, workOut } from '../../../src/session/replay.ts';
import { emptySession, scriptLine } from '../../../src/session/session.ts';
import { eventfdName } from '../../../src/text/eventfds.ts';
import { eventfdNames, nameAt } from '../../../src/views/timeline/eventfdNames.ts';
import { anyLikelyLine } from '../../model/likely.ts';

const anyScript = fc.array(anyLikelyLine.map(scriptLine), { minLength: 1, maxLength: 30 });
const OPENED = [100, 101, 102].map((fd) =>
  scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] }),
);

function expectRight(names: ReturnType<typeof eventfdNames>, replayed: Replay): void {
  for (let line = 1; line <= replayed.script.length; line++) {
    const machine = machineAfter(replayed, line);
    for (const ev of [0, 1, 2, 3]) expect(nameAt(names, ev, line)).toBe(eventfdName(machine, ev));
  }
}

test('the names are those of the machine after each line, also after an edit', () => {
  fc.assert(
    fc.property(anyScript, anyScript, fc.nat(30), (lines, others, at) => {
      const session = { ...emptySession('dynamic', 'nvme'), script: [...OPENED, ...lines] };
      const first = replay(session);
      const names = eventfdNames(null, first);
      expectRight(names, first);
      const script = [...session.script.slice(0, at), ...others];
      const edited = replay({ ...session, script }, first);
      expectRight(eventfdNames(names, edited), edited);
    }),
  );
});

test('the name at a line that is not computed yet is asked again later', () => {
  const lines = [...OPENED, scriptLine({ op: { op: 'close', fd: 101 }, faults: [] })];
  const long = replay({ ...emptySession('dynamic', 'nvme'), script: lines }, null, 0);
  const names = eventfdNames(null, long);
  const ev = 1;
  nameAt(names, ev, 3);
  workOut(long);
  expect(nameAt(names, ev, 3)).toBe(eventfdName(machineAfter(long, 3), ev));
});
