// How to run an exported model, what the engine prints and what that means, and what the model leaves out. The header of a file and
// the panel of the page print the same.

import type { Problem } from '../problem.ts';
import { type ExportFacts, exportName } from './facts.ts';
import type { ExportFormat } from './formats.ts';

/** A command and its meaning. */
export interface Command {
  /** Purpose in a few words, for instance `Shortest script`. */
  readonly title: string;
  /** Lines for a shell. */
  readonly lines: readonly string[];
  readonly meaning: string;
}

/** Instructions for one engine. */
export interface Running {
  /** Where the engine comes from. */
  readonly from: string;
  readonly commands: readonly Command[];
  /** The answers of the engine, one sentence each. */
  readonly meanings: readonly string[];
}

/** pan searches at most this deep; a million is half used at 6 vectors. */
const DEEP = '-m4000000';
const GCC = 'gcc -O2 -DSAFETY -DNOREDUCE -DVECTORSZ=4096';
const TLC = 'java -Xss64m -cp tla2tools.jar';

/** The parts of a search that no exported model has, one sentence each. */
export const LEFT_OUT: readonly string[] = [
  'irq numbers: a vector names its irq, so the engine cannot see that a vector got another irq',
  'the trace of kernel calls: a line shows its result and its effect on the state',
  'the limits of the search on script length and number of states',
];

/** Returns how to run the files with this name (`exportName`), without extension. */
export function running(format: ExportFormat, name: string): Running {
  return format === 'promela' ? spin(name) : tlc(name);
}

/** Returns the lines of a file's header: the problem, how to run it, what the engine prints, and what is left out. */
export function headLines(format: ExportFormat, facts: ExportFacts, problem: Problem): readonly string[] {
  const { question, bounds } = problem;
  const { from, commands, meanings } = running(format, exportName(problem));
  const names = facts.kernels.map(({ generation }) => generation).join(' beside ');
  const bound = `The search is limited to scripts of ${bounds.maxDepth} lines; this file is not.`;
  return [
    `irqscope: ${names}, ${facts.vectors} MSI-X vectors, ${facts.ops.length} lines.`,
    question.title,
    ...(bounds.maxDepth === null ? [] : [bound]),
    '',
    from,
    ...commands.flatMap(({ title, lines, meaning }) => [
      '',
      `${title} (${meaning}):`,
      ...lines.map((one) => `  ${one}`),
    ]),
    '',
    ...meanings,
    '',
    'Left out:',
    ...LEFT_OUT.map((part) => `- ${part}`),
  ];
}

function spin(name: string): Running {
  const file = `${name}.pml`;
  const build = (spinFlags: string, gccFlags: string) =>
    `spin -a -o2${spinFlags} ${file} && ${GCC}${gccFlags} -o pan pan.c`;
  return {
    from: `Debian and Ubuntu have Spin as the package spin; the commands also need gcc, and the name ${file} of this file.`,
    commands: [
      {
        title: 'Verdict and states',
        lines: [`${build('', '')} && ./pan ${DEEP}`],
        meaning: 'the fastest; the script of an error may be long',
      },
      {
        title: 'Shortest script',
        lines: [`${build(' -DBFS', ' -DBFS')} && ./pan ${DEEP}`, `spin -t -T -B ${file}`],
        meaning: 'breadth first; the last command prints each line in notation with its results',
      },
      {
        title: 'Less memory, exact',
        lines: [`${build('', ' -DMA=80')} && ./pan ${DEEP}`],
        meaning: 'slower; where pan prints "MA too small", build again with the number that it names',
      },
      {
        title: 'Less memory, not exact',
        lines: [
          `${build('', ' -DBITSTATE')} && ./pan ${DEEP} -w34`,
          `swarm -c4 -m8G -t4 -f ${file} && sh ./${file}.swarm`,
        ],
        meaning:
          'may miss states, so only an error is an answer; swarm (spinroot.com/swarm) runs several such searches',
      },
    ],
    meanings: [
      '"errors: 0" means that the answer is no, unless pan also prints "max search depth too small" or "out of memory": then it means nothing, and -m or the memory has to grow.',
      '"assertion violated" means that the answer is yes. "errors: 1" without it does not, for instance after "MA too small".',
      '"states, stored" is the number of states of irqscope\'s search, including the start, only where nothing is violated: an error ends pan at once. Breadth first the number is "nominal states".',
      '-o2 matters: without it Spin drops variables that are never read and counts fewer states. The choice of a line and its effect are one atomic step. -DCOLLAPSE needs more memory here, not less.',
    ],
  };
}

function tlc(name: string): Running {
  return {
    from: 'TLC is in tla2tools.jar of github.com/tlaplus/tlaplus/releases; it needs Java. Keep both files under their names in one folder.',
    commands: [
      {
        title: 'Shortest script',
        lines: [`${TLC} tlc2.TLC -workers 1 ${name}`],
        meaning:
          'one worker searches breadth first; the variable line of each printed state is the line that led to it',
      },
      {
        title: 'Verdict and states, faster',
        lines: [`${TLC} tlc2.TLC -workers auto ${name}`],
        meaning:
          'the same verdict and states; with several workers the script may be longer than the shortest',
      },
      {
        title: 'Distributed',
        lines: [
          `${TLC} tlc2.tool.distributed.TLCServer ${name}`,
          `${TLC} tlc2.tool.distributed.TLCWorker SERVER`,
        ],
        meaning:
          'the second line on each worker; works with TLC 1.7.4, while builds of 2026 end each worker with NotSerializableException; a yes shows only its last step, so find its script on one machine',
      },
    ],
    meanings: [
      '"No error has been found" means that the answer is no.',
      '"Invariant NotFound is violated" means that the answer is yes. "Invariant TypeOK is violated" is a defect of this module.',
      '"distinct states found" is the number of states of irqscope\'s search, including the start, only where nothing is violated: an error ends TLC at once.',
      '-Xss64m matters: TLC evaluates the module recursively, and with many vectors it ends with another error where its stack is too small.',
    ],
  };
}
