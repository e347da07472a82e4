import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckedFact, type MailMore, printMail } from '../../src/formats/review/mail.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { mailParts } from '../../src/views/mail/parts.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';
import { anySession } from './arbitraries.ts';

const LINK = `https://example.org/irqscope/#v2=${'x'.repeat(300)}`;

const mail = (one: Session, other: Session, more: MailMore = { links: [LINK] }) =>
  printMail(mailParts([one, other]), more);

/** Returns the mail about a script on two kernels, with its lines joined where a test looks for a sentence. */
const about = (script: string, a: GenerationId, b: GenerationId, more?: MailMore) =>
  mail(sessionOf(script, a), sessionOf(script, b), more);
const joined = (text: string) => text.replaceAll(/\s+/g, ' ');

/** What is wrong with the form of a mail, by line. */
function formErrors(text: string): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return [
    ...(lines.length > 25 ? [`${lines.length} lines`] : []),
    ...lines.filter((line) => line.length > 72 && !/^\[\d\] https:\S+$/.test(line)),
    ...(/^[\n\x20-\x7e]*$/.test(text) ? [] : ['not ASCII']),
    ...lines.filter((line) => line !== line.trimEnd()),
    ...(/\n\n\n/.test(text) || text.startsWith('\n') ? ['an empty block'] : []),
  ];
}

const ids = fc.constantFrom(...GENERATIONS.map(({ id }) => id));
const fact: fc.Arbitrary<CheckedFact> = fc.record(
  {
    aspect: fc.string({ unit: 'grapheme' }),
    verdict: fc.constantFrom('none' as const, 'differs' as const, 'open' as const),
    states: fc.option(fc.nat()),
    detail: fc.string({ maxLength: 200 }),
  },
  { requiredKeys: ['aspect', 'verdict', 'states'] },
);
const anyMore: fc.Arbitrary<MailMore> = fc.record({
  checked: fc.array(fact, { maxLength: 9 }),
  hunk: fc.oneof(
    fc.constant(null),
    fc.record({
      fn: fc.constantFrom('vfio_msi_set_vector_signal', 'f'.repeat(90)),
      lines: fc.array(fc.string({ unit: 'binary', maxLength: 120 }), { maxLength: 40 }),
    }),
  ),
  links: fc.array(fc.constant(LINK), { maxLength: 4 }),
});

describe('the form of a mail', () => {
  test('holds for every scenario on any two kernels', () => {
    for (const { script } of scenarios()) {
      for (const [a, b] of [
        ['dynamic', 'v3'],
        ['static', 'dynamic'],
        ['v2', 'hold'],
      ] as const) {
        const made = (id: GenerationId) => ({
          ...withScript(emptySession(id, 'nvme'), script),
          generation: id,
        });
        const text = mail(made(a), made(b));
        expect(formErrors(text)).toEqual([]);
        // no Markdown
        expect(text).not.toMatch(/^#|\*\*|`/m);
      }
    }
  });

  test('holds for any script on any two kernels, with any checked facts, hunk and links', () => {
    fc.assert(
      fc.property(anySession, ids, anyMore, (session, other, more) => {
        // a machine cannot be built from random facts
        const { setup } = emptySession(session.generation, 'nvme');
        const one = { ...session, setup };
        expect(formErrors(mail(one, { ...one, generation: other }, more))).toEqual([]);
      }),
      { numRuns: 120 },
    );
    fc.assert(
      fc.property(ids, ids, fc.array(anyLikelyLine, { maxLength: 16 }), anyMore, (a, b, lines, more) => {
        const script = lines.map(scriptLine);
        const made = (id: GenerationId) => ({ ...emptySession(id, 'nvme'), script });
        const text = mail(made(a), made(b), more);
        expect(formErrors(text)).toEqual([]);
        expect(mail(made(a), made(b), more)).toBe(text);
        if (a === b) expect(joined(text)).toContain('do not differ in this script');
      }),
      { numRuns: 120 },
    );
  });

  test('cuts a long script, a long list and a long hunk with a mark', () => {
    const fds = Array.from({ length: 40 }, (_, at) => 100 + at);
    const script = `${fds.map((fd) => `eventfd ${fd}\nread ${fd}`).join('\n')}\n! x`.replace('\n! x', '');
    const text = about(`${script}\nset_irqs msix trigger eventfd 0 [${fds.join(' ')}]`, 'dynamic', 'v3', {
      hunk: { fn: 'f', lines: Array.from({ length: 60 }, () => '+\tx;') },
    });
    expect(formErrors(text)).toEqual([]);
    expect(text).toMatch(/^ {4}\[\.\.\.\]$/m);
    expect(text).toMatch(/^> \[\.\.\.\]$/m);
    expect(text).toContain(' ... });');
  });
});

describe('a mail about the debate’s case on 6.12 and V3', () => {
  const checked: readonly CheckedFact[] = [
    { aspect: 'ioctl results', verdict: 'none', states: 128 },
    { aspect: 'MSI', verdict: 'none', states: 40 },
    { aspect: 'host with 2 irqs', verdict: 'differs', states: 12, detail: '0 against -ENOSPC' },
    { aspect: 'interrupts inside the ioctl', verdict: 'open', states: null },
  ];
  const text = about(FAILED_ASSIGNMENT, 'v3', 'dynamic');

  test('begins with function, error path and consequence', () => {
    expect(joined(text)).toMatch(
      /^When eventfd_ctx_fdget\(\) fails with -EBADF in vfio_msi_set_vector_signal\(\), 6\.12 leaves the irq of vector 1 allocated without a handler and V3 patch does not\. /,
    );
  });

  test('has the shortest calls, the chain of the deciding one, and what the runs show', () => {
    expect(text).toContain(`
    /* 100 is an eventfd; 999 is not open */
    SET_IRQS(MSIX, EVENTFD|TRIGGER, 0, 1, { 100 }); /* 0 */
    SET_IRQS(MSIX, EVENTFD|TRIGGER, 1, 1, { 999 }); /* -EBADF */

    vfio_msi_set_vector_signal(vector=1, fd=999) {
      eventfd_ctx_fdget(fd=999); /* = -EBADF */
      vfio_msi_free_irq(vector=1) { /* V3 patch only */
        pci_msix_free_irq(index=1, irq=26); /* V3 patch only */
      }
    } /* = -EBADF */

- ABI: the same results of all 3 calls
- sysfs: 1 file in msi_irqs in V3 patch, 2 in 6.12
- /proc/interrupts: the same handlers (vectors: 0)
`);
  });

  test('ends with the evidence and the link as a footnote', () => {
    expect(joined(text)).toContain(
      'By model (irqscope), checked against recordings of Linux 6.12.117 with V3 and 6.12.117; not run on hardware. From a script of 5 lines [1].',
    );
    expect(text.endsWith(`\n[1] ${LINK}\n`)).toBe(true);
  });

  test('tells checked facts: equal aspects with their states, differences, open questions', () => {
    const told = joined(about(FAILED_ASSIGNMENT, 'v3', 'dynamic', { checked }));
    expect(told).toContain('- host with 2 irqs: 0 against -ENOSPC (12 states) ');
    expect(told).toContain('- no difference found in: ioctl results (128 states), MSI (40 states) ');
    expect(told).toContain('- interrupts inside the ioctl: not answered ');
    expect(told).not.toContain('/proc/interrupts');
  });

  test('quotes a hunk from its first change on', () => {
    const lines = ['@@ -436,6 +436,9 @@ static int f(', ' \tif (IS_ERR(trigger)) {', '+\t\tfree(irq);'];
    const quoting = about(FAILED_ASSIGNMENT, 'v3', 'dynamic', {
      hunk: { fn: 'vfio_msi_set_vector_signal', lines },
    });
    expect(quoting).toContain(
      '\n> @@ -436,6 +436,9 @@ vfio_msi_set_vector_signal()\n> +               free(irq);\n',
    );
  });
});

describe('a claim', () => {
  const claim = (script: string, a: GenerationId, b: GenerationId) =>
    joined(about(script, a, b, {}).split('\n\n')[0] ?? '');

  test('names two results and what follows', () => {
    const grown = 'eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nset_irqs msix trigger eventfd 3 [100]';
    expect(claim(grown, 'static', 'dynamic')).toBe(
      '6.1 fails with -EINVAL in vfio_msi_set_block() where 6.12 returns 0; then 6.12 leaves the irq of vector 3 allocated and 6.1 does not.',
    );
  });

  test('names the function of a difference without an error', () => {
    const detached =
      'eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nset_irqs msix trigger eventfd 0 [-1]';
    expect(claim(detached, 'v2', 'v3')).toBe(
      'In vfio_msi_set_vector_signal(), V2 patch frees the irq of vector 0 and V3 patch keeps it.',
    );
  });

  test('states that nothing differs, of one line and of several', () => {
    expect(claim('reset', 'dynamic', 'v3')).toBe(
      '6.12 and V3 patch do not differ in this script of 1 line: no result, irq, handler, message or eventfd counter.',
    );
    expect(claim('eventfd 100\nread 100', 'dynamic', 'dynamic')).toContain(
      '6.12 and 6.12 (2) do not differ in this script of 2 lines',
    );
  });

  test.each(['track', 'hold'] as const)('of %s has no recording behind it', (id) => {
    expect(joined(about(FAILED_ASSIGNMENT, id, 'dynamic'))).toContain(
      `checked against recordings of Linux 6.12.117, no recording of ${id} (proposed); not run on hardware.`,
    );
  });
});

test('a what-if kernel is named by its policies, without a recording', () => {
  const text = joined(about(FAILED_ASSIGNMENT, 'dynamic + free-on-error', 'dynamic', {}));
  expect(text).toContain('without a handler and dynamic + free-on-error does not.');
  expect(text).toContain('no recording of dynamic + free-on-error; not run on hardware.');
});

test('injected faults and actions of the device stay in the script', () => {
  const text = about(
    'eventfd 100\nset_irqs msix trigger eventfd 0 [100] ! request_irq#1=ENOSPC\nraise 0',
    'track',
    'v3',
    {},
  );
  expect(text).toContain('/* request_irq#1 fails: ENOSPC, -ENOSPC */');
  expect(text).toContain('/* the device raises vector 0 */');
});
