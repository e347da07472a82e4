import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/kernel/checks.ts';
import { lineCount, runAt } from '../../src/session/replay.ts';
import { GLOSSARY, termOf } from '../../src/views/words/glossary.ts';
import { replayOf } from './sessionOf.ts';

test('gives each spelling one term, and each term one sentence with a source', () => {
  const spellings = GLOSSARY.flatMap(({ term, also }) => [term, ...also]).map((word) => word.toLowerCase());
  expect(new Set(spellings).size).toBe(spellings.length);
  for (const { text, source } of GLOSSARY) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/[.!?] [A-Z]/);
    expect(source.length).toBeGreaterThan(5);
  }
});

test('lists the terms in alphabetical order', () => {
  const terms = GLOSSARY.map(({ term }) => term.toLowerCase());
  expect(terms).toEqual([...terms].sort((a, b) => a.localeCompare(b, 'en')));
});

test('finds a term by any of its spellings, in any case', () => {
  expect(termOf('VFIO_IRQ_INFO_NORESIZE')?.term).toBe('NORESIZE');
  expect(termOf('PBA')?.term).toBe('pending');
  expect(termOf('no such term')).toBeNull();
});

describe('statements of the glossary hold in the model', () => {
  const runOf = (line: string) => {
    const replayed = replayOf(`eventfd 10\n${line}`, 'dynamic', 'e1000e');
    return runAt(replayed, lineCount(replayed));
  };
  const errnoOf = (line: string) => runOf(line)?.errno ?? null;

  test('flags: two or no data bits give EINVAL, two or no action bits give ENOTTY', () => {
    const data = [
      errnoOf('set_irqs raw argsz=24 flags=0x27 index=2 start=0 count=1 i32=10'),
      errnoOf('set_irqs raw argsz=20 flags=0x20 index=2 start=0 count=1'),
    ];
    const action = [
      errnoOf('set_irqs raw argsz=20 flags=0x31 index=2 start=0 count=1'),
      errnoOf('set_irqs raw argsz=20 flags=0x01 index=2 start=0 count=1'),
    ];
    expect([data, action]).toEqual([
      ['EINVAL', 'EINVAL'],
      ['ENOTTY', 'ENOTTY'],
    ]);
    expect(termOf('flags')?.text).toContain(`two or no data bits give ${data[0]}`);
    expect(termOf('flags')?.text).toContain(`two or no action bits give ${action[0]}`);
  });

  test('the sentence of the overflow check gives the condition at which the model fails', () => {
    const U32_MAX = 0xffffffff;
    for (const start of [0, 1, 7, U32_MAX - 3]) {
      const checkOf = (count: number) =>
        runOf(`set_irqs raw argsz=20 flags=0x21 index=2 start=${start} count=${count}`)?.check;
      expect(checkOf(U32_MAX - start), `start ${start}`).toBe('set_irqs.overflow');
      expect(checkOf(U32_MAX - start - 1), `start ${start}`).not.toBe('set_irqs.overflow');
    }
    expect(CHECKS['set_irqs.overflow'].why).toMatch(/^count >= U32_MAX - start\b/);
  });

  test('EBADF: only MSI and MSI-X are said to detach before the lookup, with a citation for each part', () => {
    const term = termOf('EBADF');
    expect(term?.text).toMatch(
      /; MSI and MSI-X detach the vector before the lookup, .* whereas persistent INTx, ERR and REQ keep /,
    );
    expect(term?.source).toContain('docs/driver.md §6.4, §9 and §10');
  });

  test('ENOTSUPP: the term cites the sections on the allocation of vectors', () => {
    expect(termOf('ENOTSUPP')?.source).toBe('pci_msix_alloc_irq_at(); docs/driver.md §7.1 and §7.2');
  });

  test.each([
    ['msix', true],
    ['msi', true],
    ['intx', false],
    ['err', false],
    ['req', false],
  ])('EBADF: %s detaches before the lookup: %s', (index, detaches) => {
    const replayed = replayOf(
      `eventfd 10\nset_irqs ${index} trigger eventfd 0 [10]\nset_irqs ${index} trigger eventfd 0 [999]`,
      'dynamic',
      'e1000e',
    );
    const before = runAt(replayed, 2)?.after;
    const run = runAt(replayed, 3);
    if (run === null || run === undefined || before === undefined) throw new Error('no run');
    expect(run.errno).toBe('EBADF');
    const refs = ({ fds, eventfds }: typeof run.after) => {
      const file = fds.get(10);
      return file?.kind === 'eventfd' ? (eventfds.get(file.ev)?.refs ?? 0) : 0;
    };
    expect(refs(before)).toBe(2);
    expect(refs(run.after)).toBe(detaches ? 1 : 2);
  });
});
