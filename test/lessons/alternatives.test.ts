// The statements of the lessons on the debate's alternatives, beside the kept answers of the reviews and runs of the merged driver.
import { describe, expect, test } from 'vitest';
import { holdsIn } from '../../src/explore/predicate.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import type { Step } from '../../src/kernel/invariants/invariant.ts';
import { run } from '../../src/kernel/run.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { linesOf, ownLines, predicateOf } from '../../src/lessons/play.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { KEPT_REVIEWS } from '../explore/keptReviews.ts';

const ROLLBACK = KEPT_REVIEWS['dynamic + restore-block'];

function lesson(id: string) {
  return LESSONS.find((one) => one.id === id) ?? expect.fail(`no lesson ${id}`);
}

function explained(id: string, at: number): string {
  return lesson(id).steps[at]?.explain ?? expect.fail(`no step ${at + 1} of ${id}`);
}

/** Returns the last step of the lines of a lesson up to step `at`, from step `from` on, under a kernel. */
function underKernel(kernel: GenerationId, id: string, at: number, from = 0): Step {
  const { script, steps } = lesson(id);
  const { device, lines } = linesOf(script);
  const made = scriptMachine(device, generation(kernel));
  if (!made.ok) throw new Error('no machine');
  let { machine } = made.value;
  let last: Step | null = null;
  for (const { line } of [...lines, ...steps.slice(from, at + 1).flatMap(ownLines)]) {
    const done = run(made.value.generation, machine, line);
    machine = done.after;
    last = { line, run: done };
  }
  return last ?? expect.fail('no line');
}

const holds = (predicate: string, step: Step) => holdsIn(predicateOf(predicate), step);

/** Returns the number of calls of both drivers of a row of costs as a text writes it. */
function calls(cells: readonly [string, string, string, string, string, string]): string {
  const [own = '', merged = ''] = cells[5].split(' / ');
  return `${own} calls instead of ${merged}`;
}

/** Returns the number of pairs of states that a headline names. */
function states(headline: string): string {
  const [, count] = /\((\d+) states\)/.exec(headline) ?? expect.fail(headline);
  return `${count} pairs of states`;
}

describe('alternatives', () => {
  test('track: what the client and root see, and what it costs', () => {
    const { headline, answers, costs } = KEPT_REVIEWS.track;
    expect(headline).toContain('no ioctl result or signal differs');
    expect(explained('alternatives', 0)).toContain(states(headline));
    expect(answers['usual host, MSI-X: host']).toHaveLength(2);
    // the merged driver: two files; then ENOSPC for vector 2, and 0 for vector 1
    expect(holds('errno EBADF and irqs 2', underKernel('dynamic', 'alternatives', 0))).toBe(true);
    expect(explained('alternatives', 0)).toContain('root finds two files');
    expect(holds('errno ENOSPC', underKernel('dynamic', 'alternatives', 1))).toBe(true);
    expect(explained('alternatives', 1)).toContain('The merged driver returns ENOSPC');
    expect(holds('not fails and attached 1', underKernel('dynamic', 'alternatives', 2))).toBe(true);
    expect(headline).toContain('host with 2 irqs: 0 against ENOSPC');
    expect([answers['host with 1 irq: client'], answers['host with 3 irqs: client']]).toEqual([
      'none',
      'none',
    ]);
    expect(explained('alternatives', 1)).toContain('with one or three irqs the client sees none');
    const cost = costs['MSI-X: failing assignment of unused vector 5'];
    expect(cost[1]).toBe('5 / 6');
    expect(explained('alternatives', 2)).toContain('5 irqs instead of 6');
    expect(explained('alternatives', 2)).toContain(calls(cost));
  });

  test('hold: nothing on a usual host, and fewer calls in a swap', () => {
    const { headline, second, answers, costs } = KEPT_REVIEWS.hold;
    expect(explained('alternatives', 3)).toContain(states(headline));
    expect(answers['usual host, MSI-X: state']).toBe('none');
    expect(second).toContain('request_irq fails: 0 against ENOSPC');
    expect(holds('errno ENOSPC and cached 0', underKernel('dynamic', 'alternatives', 3, 3))).toBe(true);
    expect(explained('alternatives', 3)).toContain(calls(costs['MSI-X: swap the eventfd of vector 0']));
  });

  test('the rollback: a client sees it after four lines, and a failing block costs more', () => {
    const { headline, answers, costs } = ROLLBACK;
    expect(holds('errno EBADF and cached 0 and cached 1', underKernel('dynamic', 'alternatives', 4, 4))).toBe(
      true,
    );
    const merged = underKernel('dynamic', 'alternatives', 5, 4);
    expect(holds('not fails and not signals and not attached 0', merged)).toBe(true);
    expect(headline).toMatch(/^a signal differs after 4 lines;.* MSI: a signal differs after 4 lines;/);
    // and one that opens the eventfd
    expect(answers['usual host, MSI-X: client']).toHaveLength(3);
    expect(explained('alternatives', 5)).toContain('four lines with MSI-X and with MSI');
    for (const id of ['track', 'hold'] as const) {
      expect(KEPT_REVIEWS[id].headline).toMatch(/^no ioctl result or signal differs .* MSI: none;/);
    }
    const cost = costs['MSI-X: block of vectors 2 and 3 that fails at 3'];
    expect(explained('alternatives', 6)).toContain(calls(cost));
    expect(cost.slice(2, 4)).toEqual(['4 / 2', '3 / 1']);
    expect(explained('alternatives', 6)).toContain('3 times instead of once');
  });
});

describe('swap-window', () => {
  test('the review finds the lost interrupt with MSI only, and hold loses none', () => {
    const { answers, costs } = KEPT_REVIEWS.hold;
    expect(answers['device fires inside an ioctl, MSI-X: client']).toBe('none');
    expect(answers['device fires inside an ioctl, MSI: client']?.at(-1)).toContain(
      'raise 0 after free_irq#1',
    );
    const [, , , windows, losing] = costs['MSI: swap the eventfd of vector 0'];
    expect([windows, losing]).toEqual(['0 / 1', '0 / 1']);
    const lost = underKernel('dynamic', 'swap-window', 1);
    expect(holds('interrupt-lost and not fails', lost)).toBe(true);
    expect(explained('swap-window', 1)).toContain('The ioctl returns 0');
  });

  test('a swap in the merged driver repairs the entry that a swap under hold does not', () => {
    const delivered = underKernel('dynamic', 'swap-window', 4);
    expect(holds('interrupt-delivered', delivered)).toBe(true);
    const swapped = underKernel('hold', 'swap-window', 4);
    expect(holds('interrupt-lost', swapped)).toBe(true);
  });
});
