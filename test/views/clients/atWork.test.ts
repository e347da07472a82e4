// A client at work in a script: its state is derived from the text on every generation, and its cost is counted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../../src/clients/client.ts';
import { CLIENTS, type ListedClient } from '../../../src/clients/index.ts';
import { actionWords, parseSaid } from '../../../src/clients/words.ts';
import { parseScript } from '../../../src/formats/notation/parse.ts';
import { printScript } from '../../../src/formats/notation/print.ts';
import type { GenerationId } from '../../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../../src/kernel/generations/index.ts';
import { chooseGeneration, insertLine } from '../../../src/session/edits.ts';
import { commit, currentSession, startHistory, undo } from '../../../src/session/history.ts';
import { deleteLines, insertLines } from '../../../src/session/lineEdits.ts';
import { replay } from '../../../src/session/replay.ts';
import { emptySession, type Session, scriptLine } from '../../../src/session/session.ts';
import { actedAgain, atWork, withAction, withClient } from '../../../src/views/clients/acting.ts';
import { costOf } from '../../../src/views/clients/cost.ts';
import { ledgerAt } from '../../../src/views/sums.ts';

const ENABLE: Action = { kind: 'enable-msix' };
/** The driver of the guest enables memory and bus master. */
const MASTER: Action = { kind: 'command', value: 0x107 };
const unmask = (vector: number): Action => ({ kind: 'unmask', vector });

function client(id: string): ListedClient {
  const found = CLIENTS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no client ${id}`);
  return found;
}

function started(id: string, kernel: GenerationId = 'dynamic', device = 'e1000e'): Session {
  return withClient(emptySession(kernel, device), client(id));
}

const act = (session: Session, action: Action, fires: number | null = null): Session =>
  withAction(session, replay(session), action, fires);
const acted = (session: Session, actions: readonly Action[], fires: number | null = null): Session =>
  actions.reduce((now, action) => act(now, action, fires), session);

function found(session: Session) {
  const work = atWork(replay(session));
  if (work === null) throw new Error('no client at work');
  return work;
}

const anyVector = fc.integer({ min: 0, max: 4 });
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<Action>(
    { kind: 'enable-msix' },
    { kind: 'disable-msix' },
    { kind: 'function-mask', on: true },
    { kind: 'function-mask', on: false },
    { kind: 'disable-msi' },
    { kind: 'acknowledge-intx' },
    { kind: 'move-route' },
    { kind: 'stop-queues' },
    { kind: 'reset' },
    { kind: 'unplug' },
    { kind: 'end' },
  ),
  fc.record({ kind: fc.constant('command' as const), value: fc.integer({ min: 0, max: 0xffff }) }),
  fc.record({ kind: fc.constantFrom('unmask', 'mask', 'trigger'), vector: anyVector }),
  fc.record({ kind: fc.constantFrom('enable-msi', 'enable-queues'), count: fc.integer({ min: 1, max: 5 }) }),
);

describe('action texts', () => {
  test('every action is parsed from its text', () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        expect(parseSaid(actionWords(action))).toEqual({ client: null, actions: [action] });
      }),
    );
  });

  test('other text is not an action', () => {
    for (const text of ['', 'guest unmasks vector', 'guest unmasks vector 3 and 4', 'the guest sleeps'])
      expect(parseSaid(text)).toBeNull();
  });
});

describe.each(GENERATIONS.map(({ id }) => id))('on %s', (kernel) => {
  test.each(CLIENTS.map(({ id }) => id))('finds %s again after any actions', (id) => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 8 }), fc.option(anyVector), (all, fires) => {
        const known = client(id).actions;
        const actions = all.filter(({ kind }) => known.includes(kind));
        let session = started(id, kernel);
        for (const action of actions) {
          const history = commit(startHistory(session), act(session, action, fires), 'act');
          expect(currentSession(undo(history))).toBe(session);
          session = currentSession(history);
        }
        const work = found(session);
        expect(work.broken).toBeNull();
        expect(work.foreign).toEqual([]);
        expect(work.blocks.flatMap((block) => block.actions)).toEqual(actions);
        // and from the text alone
        const { script } = parseScript(printScript({ device: null, lines: session.script }));
        const read = { ...session, script: script.lines };
        expect(found(read).now?.kept).toEqual(work.now?.kept);
        // the same actions send the same lines
        expect(actedAgain(session).script).toEqual(session.script);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a script with lines of others', () => {
  const session = acted(started('qemu-8.2'), [ENABLE, unmask(0), unmask(1)]);

  test('actions of the device between the lines do not matter', () => {
    const raised = insertLines(session, session.script.length - 1, [
      scriptLine({ op: { op: 'raise', vector: 0 }, faults: [] }),
    ]);
    expect(found(raised)).toMatchObject({ broken: null, foreign: [] });
    expect(actedAgain(raised).script).toHaveLength(raised.script.length);
  });

  test('reports lines of other programs', () => {
    const raised = insertLine(
      session,
      session.script.length,
      scriptLine({ op: { op: 'reset' }, faults: [] }),
    );
    expect(found(raised)).toMatchObject({ broken: null, foreign: [raised.script.length] });
  });

  test('reports a missing line with the expected operation', () => {
    const cut = deleteLines(session, session.script.length - 1);
    expect(found(cut)).toMatchObject({ now: null, broken: { line: cut.script.length + 1 } });
    expect(act(cut, unmask(2))).toBe(cut);
    const again = withClient(cut, client('qemu-8.2'));
    expect(found(again)).toMatchObject({ broken: null, from: cut.script.length + 1 });
    expect(replay(again).script.at(cut.script.length)?.line.op.op).toBe('release');
    expect(found(act(again, ENABLE)).broken).toBeNull();
  });

  test('reports a script that differs on another kernel, and replays the actions on it', () => {
    const other = chooseGeneration(session, 'static');
    expect(found(other).broken).not.toBeNull();
    const again = actedAgain(other);
    expect(found(again).broken).toBeNull();
    expect(found(again).blocks.flatMap(({ actions }) => actions)).toEqual([ENABLE, unmask(0), unmask(1)]);
    expect(again.script).toEqual(acted(started('qemu-8.2', 'static'), [ENABLE, unmask(0), unmask(1)]).script);
  });

  test('adds an action without an ioctl to the text of the lines before it', () => {
    const quiet = acted(started('qemu-8.2'), [unmask(2), ENABLE]);
    const texts = quiet.script.map(({ action }) => action).filter((text) => text !== '');
    expect(texts).toEqual([
      'QEMU 8.2 and later opens the device; guest unmasks vector 2 (no ioctl)',
      'guest enables MSI-X',
    ]);
  });
});

describe('the cost', () => {
  const growing = [ENABLE, ...[0, 1, 2, 3].map(unmask)];
  const costAfter = (session: Session) => costOf(replay(session), found(session));

  test('growing from one vector to four with the recorded clients: 7.2 loses interrupts, 10.0 loses none', () => {
    const session = (id: string) => acted(started(id), [MASTER, ...growing], 0);
    const old = costAfter(session('qemu-7.2'));
    expect([old.detached, old.lostAwaited, old.lost]).toEqual([6, 3, 4]);
    const made = session('qemu-10.0');
    const now = costAfter(made);
    expect([now.detached, now.lostAwaited, now.lost]).toEqual([0, 0, 0]);
    expect(ledgerAt(replay(made), made.script.length).delivered).toBe(5);
    // until the guest sets bus master, the device cannot send an MSI
    expect(costAfter(acted(started('qemu-7.2'), growing, 0)).lostAwaited).toBe(0);
  });

  test('growing from one vector to four while the device raises: 7.1 loses one interrupt per disable, 8.2 loses none', () => {
    const old = acted(started('qemu-7.1'), growing, 0);
    // vector 0 has no eventfd during three disables, vector 1 during two, vector 2 during one
    const three = costAfter(old);
    expect(three.detached).toBe(6);
    expect(three.lostAwaited).toBe(3);
    const now = acted(started('qemu-8.2'), growing, 0);
    expect(costAfter(now)).toMatchObject({ detached: 0, lostAwaited: 0 });
    // the interrupt that arrived while vector 0 was enabled without an eventfd stayed pending
    expect(ledgerAt(replay(now), now.script.length).delivered).toBe(5);
    expect(costAfter(now).setIrqs).toBeLessThan(three.setIrqs);
  });

  test('without dynamic allocation 8.2 costs as much as before', () => {
    expect(costAfter(acted(started('qemu-8.2', 'static'), growing, 0))).toMatchObject({
      detached: 6,
      lostAwaited: 3,
    });
  });

  test('counts irqs of vectors that are never used', () => {
    const eager = act(started('cloud-hypervisor', 'dynamic', 'nvme'), ENABLE);
    expect(costAfter(eager).unused).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const fired = insertLine(
      eager,
      eager.script.length,
      scriptLine({ op: { op: 'raise', vector: 2 }, faults: [] }),
    );
    expect(costAfter(fired).unused).toEqual([0, 1, 3, 4, 5, 6, 7]);
    expect(costAfter(acted(started('crosvm', 'static', 'nvme'), [ENABLE, unmask(3)])).unused).toHaveLength(7);
    expect(costAfter(acted(started('qemu-8.2', 'dynamic', 'nvme'), [ENABLE, unmask(3)])).unused).toEqual([0]);
    expect(costAfter(act(started('dpdk'), { kind: 'enable-queues', count: 4 })).unused).toEqual([]);
  });
});
