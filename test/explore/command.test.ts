import { afterEach, expect, test, vi } from 'vitest';
import { exploreCommand } from '../../src/cli/explore.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';

function printed(...args: string[]): { readonly status: number; readonly text: string } {
  let text = '';
  const catching = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(catching);
  vi.spyOn(process.stderr, 'write').mockImplementation(catching);
  return { status: exploreCommand(args), text };
}

afterEach(() => {
  vi.restoreAllMocks();
});

const TWO = ['--generation', 'v3', '--against', 'dynamic', '--vectors', '3'];

test('--json prints one line with five fields', () => {
  const { status, text } = printed(...TWO, '--question', 'differ-state', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(text)).toEqual({
    verdict: 'found',
    states: 11,
    transitions: 30,
    depth: 2,
    script: ['set_irqs msix trigger eventfd 0 [-1]', 'set_irqs msix trigger eventfd 0 [999]'],
  });
});

test('distinguishes a proof from a reached limit, also by the exit status', () => {
  const all = printed(...TWO, '--question', 'differ-client', '--json');
  expect([all.status, JSON.parse(all.text)]).toMatchObject([0, { verdict: 'exhausted', script: null }]);
  const cut = printed(...TWO, '--question', 'differ-client', '--json', '--max-depth', '1');
  expect([cut.status, JSON.parse(cut.text)]).toMatchObject([
    1,
    { verdict: 'bounded', depth: 1, script: null },
  ]);
});

test('prints a script that reads back with its device and eventfds', () => {
  const { text } = printed(...TWO, '--question', 'differ-return', '--irqs', '2');
  expect(text).toContain('found: V3 patch: returns 0; ≥ 6.5 dynamic: fails with ENOSPC.');
  const { script, problems } = parseScript(text.slice(text.indexOf('device ')));
  expect(problems).toEqual([]);
  expect(script.device).toMatchObject({ model: 'nvme', msix: 3, irqs: 2, generation: 'v3' });
  expect(script.lines.length).toBe(4);
});

test('--help explains the operations and the predicates', () => {
  const { status, text } = printed('--help');
  expect(status).toBe(0);
  expect(text).toContain('--modes msix,msi,intx');
  expect(text).toMatch(/^ {2}freed\(1\) +The irq of vector 1 is freed, by any function\.$/m);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
});

test('searches MSI with several vectors and INTx, and prints the device that it searched', () => {
  const asked = ['--generation', 'dynamic', '--modes', 'msi,intx', '--msi-vectors', '4', '--raise', 'always'];
  const { status, text } = printed(
    ...asked,
    '--with',
    'raise',
    '--where',
    'intx-enabled and interrupt-delivered',
  );
  expect(status).toBe(0);
  const { script } = parseScript(text.slice(text.indexOf('device ')));
  expect(script.device).toMatchObject({
    msix: 0,
    msi: 4,
    facts: [{ path: 'device.raise', value: 'always' }],
  });
  expect(text).toContain('set_irqs intx trigger eventfd 0 [100]');
});

test('searches a predicate about two kernels, and needs a second one', () => {
  const where = ['--where', 'a.freed(1) and not b.freed(1)'];
  expect(printed(...TWO, ...where).text).toContain('found: V3 patch: The irq of vector 1 is freed');
  const alone = printed('--generation', 'v3', ...where);
  expect([alone.status, alone.text]).toEqual([2, expect.stringContaining('--against: expected')]);
  const none = printed(...TWO, '--where', 'a.allocated > b.allocated', '--json');
  expect([none.status, JSON.parse(none.text)]).toMatchObject([0, { verdict: 'exhausted', script: null }]);
  const beside = printed(...TWO, '--question', 'positive-return', ...where);
  expect([beside.status, beside.text]).toEqual([2, expect.stringContaining('--where: expected')]);
});

test('--list prints every question, and an error names the wrong option', () => {
  expect(printed('--list').text).toMatch(/^differ-state .*^invariant:I22 .*^count-states /ms);
  const wrong = printed(...TWO, '--question', 'positive-return');
  expect([wrong.status, wrong.text]).toEqual([2, expect.stringContaining('--against: expected')]);
});

test('a question that cannot happen has its own text, JSON and exit status', () => {
  const one = ['--generation', 'static', '--vectors', '2', '--question', 'attached-to-closed-fd'];
  const text = printed(...one);
  expect(text.status).toBe(3);
  expect(text.text).toContain('cannot happen with these operations: no operation closes a descriptor\n');
  expect(text.text).not.toContain('proven impossible');
  const json = printed(...one, '--json');
  expect([json.status, JSON.parse(json.text)]).toEqual([
    3,
    {
      verdict: 'cannot-happen',
      states: 0,
      transitions: 0,
      depth: 0,
      script: null,
      missing: 'no operation closes a descriptor',
    },
  ]);
  const closing = printed(...one, '--with', 'close', '--json');
  expect([closing.status, JSON.parse(closing.text)]).toMatchObject([0, { verdict: 'found' }]);
});

test('prints a proof and a count of states in different words', () => {
  expect(printed(...TWO, '--question', 'differ-client').text).toContain(
    'proven impossible: all 85 reachable pairs of states examined',
  );
  expect(printed('--generation', 'v3', '--vectors', '1', '--question', 'count-states').text).toMatch(
    /^all \d+ states counted$/m,
  );
});

test('tells the memory of a search, and of one state', () => {
  const { text } = printed('--generation', 'v3', '--vectors', '2', '--question', 'count-states');
  const [, states, megabytes, bytes] =
    /^states (\d+), .* ([\d.]+) MB, ([\d,]+) bytes per state$/m.exec(text) ?? [];
  const total = Number(bytes?.replace(',', '')) * Number(states);
  expect(total).toBeGreaterThan(0);
  // both are rounded
  expect(Math.abs(total / 1e6 - Number(megabytes))).toBeLessThan(0.06);
});
