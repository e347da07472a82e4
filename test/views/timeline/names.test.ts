// The names of eventfds in the columns of the timeline.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineAfter, type Replay, replay } from '../../../src/session/replay.ts';
import { emptySession, scriptLine } from '../../../src/session/session.ts';
import { eventfdName } from '../../../src/text/eventfds.ts';
import { TimelineData } from '../../../src/views/timeline/data.ts';
import { followReplay } from '../../../src/views/timeline/follow.ts';
import { anyLikelyLine } from '../../model/likely.ts';

const anyScript = fc.array(anyLikelyLine.map(scriptLine), { minLength: 1, maxLength: 30 });
const OPENED = [100, 101, 102].map((fd) =>
  scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] }),
);

function expectRight({ names }: TimelineData, replayed: Replay): void {
  for (let line = 1; line <= replayed.script.length; line++) {
    const machine = machineAfter(replayed, line);
    for (const ev of [0, 1, 2, 3, 4]) expect(names.at(ev, line)).toBe(eventfdName(machine, ev));
  }
}

test('the names of eventfds are those of the machine after each line, also after an edit', () => {
  fc.assert(
    fc.property(anyScript, anyScript, fc.nat(30), (lines, others, at) => {
      const session = { ...emptySession('dynamic', 'nvme'), script: [...OPENED, ...lines] };
      const first = replay(session);
      const data = new TimelineData();
      followReplay(data, null, first);
      expectRight(data, first);
      const script = [...session.script.slice(0, at), ...others];
      const edited = replay({ ...session, script }, first);
      followReplay(data, first, edited);
      expectRight(data, edited);
    }),
  );
});

test('the names of eventfds follow descriptors that close, open again and stand for another eventfd', () => {
  const open = (fd: number) =>
    scriptLine({ op: { op: 'eventfd', fd, initval: 0n, semaphore: false }, faults: [] });
  const close = (fd: number) => scriptLine({ op: { op: 'close', fd }, faults: [] });
  const script = [open(100), close(100), open(100), open(101)];
  const data = new TimelineData();
  followReplay(data, null, replay({ ...emptySession('dynamic', 'nvme'), script }));
  expect([1, 2, 3].map((line) => data.names.at(0, line))).toEqual(['fd 100', 'closed fd', 'closed fd']);
  expect([2, 3, 4].map((line) => data.names.at(1, line))).toEqual(['closed fd', 'fd 100', 'fd 100']);
  data.truncate(1);
  expect(data.names.count).toBe(1);
});
