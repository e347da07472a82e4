// Reproducers against recordings: the compiled program runs over a preloaded shim that logs every call with its bytes and
// returns the recorded results. The log is compared with the recording line by line, and the program's report must be
// right: every result as expected, unless the test changed one.
import { beforeAll, describe, expect, test } from 'vitest';
import { printProgram } from '../../../src/formats/c/program.ts';
import { noSelftest, printSelftest } from '../../../src/formats/c/selftest.ts';
import { parseScript } from '../../../src/formats/notation/parse.ts';
import type { GenerationId } from '../../../src/kernel/generations/generation.ts';
import { releaseOf } from '../../../src/kernel/releases.ts';
import { scenarios } from '../../../src/lessons/scenarios/index.ts';
import { withScript } from '../../../src/session/deviceSpec.ts';
import { emptySession, type Session } from '../../../src/session/session.ts';
import { built, byDevice, hostWith, logOf, prepareShim, recordedSession, recording, run } from './shimmed.ts';

prepareShim();

/** The recordings behind scenarios of the library in which the device does not act. */
const named = [
  ...new Set(
    scenarios().flatMap(({ source }) =>
      [...source.matchAll(/recording ([a-z-]+)/g)].map(([, name = '']) => name),
    ),
  ),
].filter((name) => {
  try {
    return !recording('dynamic', name).steps.some(byDevice);
  } catch {
    return false;
  }
});

test('finds the recordings behind the scenarios', () => {
  expect(named.length).toBeGreaterThanOrEqual(3);
});

const cases: readonly (readonly [kernel: string, name: string])[] = [
  ...named.map((name) => ['dynamic', name] as const),
  ['static', 'count-zero'],
  ['v3', 'bad-last-on-enable'],
  ['v2', 'loopback-range'],
  // an argsz larger than the data, every ioctl, reads, config space, closing the device
  ['dynamic', 'malformed-argsz'],
  ['dynamic', 'info'],
  ['static', 'release-cached'],
  ['dynamic', 'eventfd-semantics'],
  // a device that is opened while it is open
  ['more/static', 'reopen-open-reset'],
];

describe.each(cases)('%s/%s', (kernel, name) => {
  const { text, steps, host } = recording(kernel, name);
  const session = recordedSession(text);
  const expected = steps.filter((step) => !byDevice(step)).flatMap(logOf);
  const called = steps.filter((step) => !byDevice(step));
  let program = '';
  let fixture = '';

  beforeAll(async () => {
    program = await built(printProgram(session));
    if (noSelftest(session) === null) fixture = await built(printSelftest(session));
  });

  test('the reproducer sends the recorded calls and finds every result as expected', () => {
    const ran = run(program, called, host);
    expect(ran.log).toEqual(expected);
    expect(ran.report).toMatch(/\d+ results, 0 not as expected/);
    expect(ran.report.split('\n').filter((line) => line.startsWith('ok'))).toHaveLength(called.length);
    expect(ran.status).toBe(0);
  });

  test('the reproducer names every changed result of a SET_IRQS', () => {
    const sent = called.flatMap((step, at) => (step.op.op === 'set_irqs' ? [at] : []));
    expect(sent.length).toBeGreaterThan(0);
    for (const at of sent) {
      const wrong = called.map((step, n) =>
        n === at ? { ...step, ret: step.ret === 0 ? -1 : 0, errno: step.ret === 0 ? 'ENOMEM' : null } : step,
      );
      const ran = run(program, wrong, host);
      expect(ran.status).toBe(1);
      expect(ran.report).toMatch(/\d+ results, 1 not as expected/);
      expect(ran.report).toMatch(new RegExp(`^WRONG ${at + 1}: `, 'm'));
    }
  });

  test.runIf(noSelftest(session) === null)('the fixture does the same', () => {
    const ran = run(fixture, called, host);
    // the test closes its descriptors at its end
    expect(ran.log.slice(0, expected.length), ran.report).toEqual(expected);
    expect(ran.report).toMatch(/^ok irqs\.script$/m);
    expect(ran.status).toBe(0);
    const at = called.findIndex(({ op }) => op.op === 'set_irqs');
    const wrong = called.map((step, n) => (n === at ? { ...step, ret: -1, errno: 'EPERM' } : step));
    const failed = run(fixture, wrong, host);
    expect(failed.report).toContain(`line ${at + 1}: `);
    expect(failed.status).not.toBe(0);
  });
});

test('a program with other bytes does not match the recording', async () => {
  const { text, steps, host } = recording('dynamic', 'bad-last-on-enable');
  const program = printProgram(recordedSession(text));
  const other = program.replace('VFIO_PCI_MSIX_IRQ_INDEX, 0,', 'VFIO_PCI_MSIX_IRQ_INDEX, 1,');
  expect(other).not.toBe(program);
  const ran = run(await built(other), steps, host);
  expect(ran.log).not.toEqual(steps.flatMap(logOf));
});

test('with actions of the device, the calls and all independent results match the recording', async () => {
  const { text, steps, host } = recording('dynamic', 'pending-across-disable');
  const called = steps.filter((step) => !byDevice(step));
  expect(called.length).toBeLessThan(steps.length);
  const ran = run(await built(printProgram(recordedSession(text))), called, host);
  expect(ran.log).toEqual(called.flatMap(logOf));
  expect(ran.report).toMatch(/results, 0 not as expected/);
});

const scripted = (script: string, device = 'nvme', kernel: GenerationId = 'dynamic'): Session => ({
  ...withScript(emptySession(kernel, device), linesOf(script)),
  generation: kernel,
});

function linesOf(text: string) {
  const { script, problems } = parseScript(text);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return script;
}

const scenario = (id: string): Session => {
  const found = scenarios().find((one) => one.id === id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return { ...withScript(emptySession('dynamic', 'nvme'), found.script), generation: 'dynamic' };
};

const NODYN = hostWith({ msix: { flags: 9, count: 8 } });

describe('a host on which a presumption does not hold', () => {
  const cases: readonly (readonly [what: string, session: Session, host: string, sentence: string])[] = [
    [
      'scenario 7 without dynamic allocation',
      scenario('S7'),
      NODYN,
      'can allocate vectors while MSI-X is enabled',
    ],
    ['scenario 19 with it', scenario('S19'), hostWith(), 'cannot allocate vectors while MSI-X is enabled'],
    ['scenario 28 with many irqs', scenario('S28'), hostWith(), 'can give the device 3 irqs and no more'],
    ['scenario 29 with many irqs', scenario('S29'), hostWith(), 'can give the device 3 irqs and no more'],
    ['scenario 35 with many irqs', scenario('S35'), hostWith(), 'can give the device 2 irqs and no more'],
    [
      'scenario 7 on 6.1',
      scenario('S7'),
      hostWith({ release: '6.1.0-56-amd64' }),
      'the kernel is Linux 6.5 and later',
    ],
    [
      'more vectors than the device has',
      scripted('set_irqs msix trigger eventfd 7 [-1]'),
      hostWith({ msix: { flags: 1, count: 5 } }),
      'the index MSI-X has at least 8 interrupts',
    ],
    [
      'ERR of a device without PCI Express on 7.3',
      scripted('irq_info err', 'edu'),
      hostWith({ release: '7.3.4+deb13-amd64' }),
      'the index ERR has no interrupts',
    ],
    [
      'several MSI vectors without interrupt remapping',
      scripted('set_irqs msi trigger eventfd 0 [-1 -1]', 'xhci'),
      hostWith({ irqs: 1, msi: { flags: 9, count: 16 } }),
      'interrupts are remapped, so that MSI can have several vectors',
    ],
    [
      'another device, for a script that resets it',
      scripted('reset'),
      hostWith({ id: '8086:10d3' }),
      'the device is QEMU NVMe Ctrl (1b36:0010)',
    ],
  ];

  test.each(cases)('%s: status 3, one sentence, no call', async (_what, session, host, sentence) => {
    const ran = run(await built(printProgram(session)), [], host);
    expect(ran.report).toContain('This program presumes that ');
    expect(ran.report).toContain(sentence);
    expect(ran.report).not.toMatch(/^(ok|WRONG)/m);
    expect([ran.status, ran.log]).toEqual([3, ['']]);
  });

  test.each(cases)('%s: the fixture is skipped', async (_what, session, host, sentence) => {
    const ran = run(await built(printSelftest(session)), [], host);
    expect(ran.report).toContain('SKIP presumes that ');
    expect(ran.report).toContain(sentence);
    expect(ran.report).toMatch(/ok irqs\.script # SKIP/);
  });

  test('ANYWAY=1 sends the calls nevertheless', async () => {
    const steps = [{ op: { op: 'reset' }, ret: 0, errno: null }];
    const ran = run(await built(printProgram(scripted('reset'))), steps, hostWith({ id: '8086:10d3' }), {
      ANYWAY: '1',
    });
    expect(ran.report).toContain('This does not hold here.');
    expect([ran.status, ran.log]).toEqual([0, ['reset']]);
  });
});

describe('a host on which every presumption holds', () => {
  test.each([
    ['S7', hostWith()],
    ['S19', NODYN],
    ['S28', hostWith({ irqs: 3 })],
    ['S29', hostWith({ irqs: 3 })],
    ['S35', hostWith({ irqs: 2 })],
    ['S7', hostWith({ release: '7.3.4+deb13-amd64' })],
    ['S7', hostWith({ release: '6.8.0-31-generic' })],
  ])('%s is run on %s', async (id, host) => {
    // the shim has no answer for the first SET_IRQS, which ends the program
    expect(run(await built(printProgram(scenario(id))), [], host).status).toBe(98);
  });
});

describe('the check of the release', () => {
  // REQ with −2 is an error where ERR and REQ are stored under RCU, and ignored elsewhere
  let program = '';

  beforeAll(async () => {
    program = await built(printProgram(scenario('S31')));
  });

  test.each([
    '5.4.0-42-generic',
    '5.10.0-30-amd64',
    '6.1.0-37-amd64',
    '6.1.0-56-amd64',
    '6.1.195',
    '6.2.0',
    '6.8.0-31-generic',
    '6.12.57+deb13-amd64',
    '6.12.63',
    '6.12.117+deb12-amd64',
    '6.15.4',
    '6.16.12',
    '6.17.0',
    '7.3.4+deb13-amd64',
    '8.0.0-rc1',
  ])('finds the same release of the table as the model for %s', (name) => {
    const { facts } = releaseOf(name);
    expect(run(program, [], hostWith({ release: name })).status).toBe(facts.errReq === 'rcu' ? 98 : 3);
  });
});
