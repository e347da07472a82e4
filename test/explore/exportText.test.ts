// The text of an export: the commands that it prints, what they mean, its lines in notation, its name, and its refusals.
import { describe, expect, test } from 'vitest';
import type { ExportFormat } from '../../src/explore/export/index.ts';
import { exported, exportFlaws, exportName } from '../../src/explore/export/index.ts';
import { LEFT_OUT, running } from '../../src/explore/export/running.ts';
import { parsePredicate } from '../../src/explore/predicateText.ts';
import type { Problem } from '../../src/explore/problem.ts';
import { composedQuestion } from '../../src/explore/questions.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { generationById } from '../../src/kernel/generations/index.ts';
import { inNotation, problemOf } from './exported.ts';

const PROBLEM = problemOf(['v3', 'dynamic'], {}, {}, 'differ-state');
const NAME = 'irqscope_v3_dynamic_3_differ_state';

function textOf(format: ExportFormat, problem: Problem): string {
  const made = exported(format, problem, inNotation);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.value[0]?.text ?? '';
}

function headOf(format: ExportFormat): string {
  const text = textOf(format, PROBLEM);
  return text.slice(0, text.indexOf(format === 'promela' ? '*/' : 'EXTENDS'));
}

describe.each(['promela', 'tla'] as const)('the header of a %s export', (format) => {
  const { from, commands, meanings } = running(format, NAME);

  test('contains every command and meaning that the page shows, and what is left out', () => {
    const head = headOf(format);
    const lines = commands.flatMap((one) => [...one.lines, one.meaning]);
    for (const part of [from, ...lines, ...meanings, ...LEFT_OUT]) expect(head).toContain(part);
  });

  test('limits the equal number of states to searches without a violation', () => {
    expect(meanings.join('\n')).toMatch(
      /number of states of irqscope's search.* only where nothing is violated/,
    );
  });
});

describe('the commands for Spin', () => {
  const { commands, meanings } = running('promela', NAME);
  const lines = commands.flatMap((one) => one.lines);

  test('each pan has a depth, and a depth that is too small is no answer', () => {
    const pans = lines.filter((line) => line.includes('./pan'));
    expect(pans.length).toBe(4);
    for (const line of pans) expect(line).toMatch(/\.\/pan -m4000000/);
    expect(meanings[0]).toMatch(/^"errors: 0" means .* unless pan also prints "max search depth too small"/);
  });

  test('save memory with -DMA and a swarm, never with -DCOLLAPSE', () => {
    expect(lines.join('\n')).not.toContain('COLLAPSE');
    expect(lines.join('\n')).toContain('-DMA=80');
    expect(lines).toContain(`swarm -c4 -m8G -t4 -f ${NAME}.pml && sh ./${NAME}.pml.swarm`);
  });
});

describe('the commands for TLC', () => {
  const { commands } = running('tla', NAME);

  test('every java has a stack, and only one worker promises the shortest script', () => {
    for (const { lines } of commands) for (const line of lines) expect(line).toContain('java -Xss64m ');
    const [shortest, fast, distributed] = commands;
    expect([shortest?.title, shortest?.lines.join('')]).toEqual([
      'Shortest script',
      expect.stringContaining('-workers 1 '),
    ]);
    expect(fast?.lines.join('')).toContain('-workers auto ');
    expect(fast?.meaning).toContain('may be longer than the shortest');
    expect(distributed?.meaning).toMatch(/works with TLC 1\.7\.4, .*a yes shows only its last step/);
  });
});

test('a Promela model prints each line of the alphabet in notation, then its results', () => {
  const text = textOf('promela', PROBLEM);
  const printed = [...text.matchAll(/:: d_step \{ .*; printf\("(.*)\\n"\) \}/g)].map((one) => one[1] ?? '');
  expect(printed).toEqual(PROBLEM.alphabet.map(inNotation));
  expect(parseScript(printed.join('\n')).problems).toEqual([]);
  expect(text).toContain('take_v3(); printf("  # v3 => %d\\n", ret);');
});

test('a TLA+ module names each line in a variable that VIEW hides', () => {
  const made = exported('tla', PROBLEM, inNotation);
  if (!made.ok) throw new Error('no export');
  const [module, config] = made.value;
  expect(module?.text).toContain('VARIABLES vdev_v3, vdev_dynamic, found, line\n');
  expect(module?.text).toContain('\nView == <<vdev_v3, vdev_dynamic, found>>\n');
  expect(module?.text).toContain("\n  /\\ line' = l.text\n");
  expect(config?.text).toContain('VIEW View\n');
  for (const line of PROBLEM.alphabet) expect(module?.text).toContain(`, "${inNotation(line)}")`);
});

describe('the name of the files', () => {
  test('has kernels, vectors and question', () => {
    expect(exportName(PROBLEM)).toBe(NAME);
    expect(exportName(problemOf('v3', {}, {}, 'errno:EBADF'))).toBe('irqscope_v3_3_errno_EBADF');
  });

  test('tells composed questions apart, also where they begin alike', () => {
    const named = (text: string) => {
      const where = parsePredicate(text);
      if (!where.ok) throw new Error(JSON.stringify(where.problems));
      return exportName({
        ...problemOf('v3', {}),
        question: composedQuestion('composed', text, where.value),
      });
    };
    expect(named('fails and not errno EBADF')).toBe('irqscope_v3_3_fails_and_not_errno_EBADF');
    const long = 'fails and not errno EBADF and not errno EINVAL and not errno';
    expect(named(`${long} ENOSPC`)).toMatch(/^irqscope_v3_3_fails_and_not_errno_EBADF_and_n_[0-9a-f]{8}$/);
    expect(named(`${long} ENOSPC`)).not.toBe(named(`${long} ENOMEM`));
  });
});

describe('a refusal', () => {
  const refusal = (problem: Problem) => {
    const made = exported('promela', problem, inNotation);
    return made.ok ? [] : made.problems;
  };

  test('names an empty alphabet', () => {
    expect(refusal({ ...problemOf('v3', {}), alphabet: [] })).toEqual([
      { at: { path: 'alphabet' }, expected: 'at least one operation', found: 'none' },
    ]);
  });

  test('names the number of vectors and the reason of its limit', () => {
    expect(refusal(problemOf('v3', { vectors: 300, maxBlock: 1 }))[0]).toMatchObject({
      expected: 'a device with 1 to 250 MSI-X vectors, because the models keep a vector in a byte',
      found: 'QEMU NVMe Ctrl with 300',
    });
  });

  test('of kernels or question is known without reading the lines, and their names stay identifiers', () => {
    const whatIf = generationById('dynamic + free-on-error');
    if (whatIf === undefined) throw new Error('no what-if kernel');
    const { sides, ...rest } = problemOf('v3', {}, {}, 'invariant:I15');
    const problem: Problem = { ...rest, sides: [{ ...sides[0], generation: whatIf }] };
    expect(exportFlaws(problem).map(({ found }) => found)).toEqual(['dynamic + free-on-error', 'breaks-I15']);
    expect(exportName(problem)).toBe('irqscope_dynamic_free_on_error_3_invariant_I15');
    expect(exportFlaws(PROBLEM)).toEqual([]);
  });

  test('says which kernel has the predicate', () => {
    expect(refusal(problemOf('v3', {}, {}, 'invariant:I20'))).toMatchObject([
      { expected: expect.stringContaining('which only the model of v2 has'), found: 'breaks-I20' },
    ]);
    expect(refusal(problemOf('v2', {}, {}, 'invariant:I20'))).toEqual([]);
  });
});
