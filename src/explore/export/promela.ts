// A problem as a Promela model for Spin: the kernel's functions as inlines, the state of the search as variables, one
// nondeterministic choice among the lines of the alphabet, and the question as an assertion. The model contains no table of
// states, so it also serves state spaces that are too large for this program.

import { ok, type Result } from '../../base/result.ts';
import { FAULT_SITES } from '../../kernel/line.ts';
import type { Problem } from '../problem.ts';
import {
  type ExportedFile,
  type ExportFacts,
  type ExportKernel,
  type ExportOp,
  exportFacts,
  exportName,
  type PrintLine,
} from './facts.ts';
import { generationInlines } from './promelaGenerations.ts';
import { type Asked, askedOf, type PromelaAnswer, promelaAnswer } from './promelaQuestion.ts';
import { services } from './promelaServices.ts';
import { headLines } from './running.ts';

/** Returns the problem as a Promela model, which prints its lines with `print`; problems name everything that the model lacks. */
export function promela(problem: Problem, print: PrintLine): Result<ExportedFile> {
  const asked = askedOf(problem);
  if (!asked.ok) return asked;
  const facts = exportFacts(problem, asked.value.noted, print);
  if (!facts.ok) return facts;
  return ok({ name: `${exportName(problem)}.pml`, text: model(facts.value, asked.value, problem) });
}

function model(facts: ExportFacts, asked: Asked, problem: Problem): string {
  const kernels = facts.kernels.map((kernel) => {
    const text = [
      device(facts, kernel),
      services(facts, kernel),
      generationInlines(facts, kernel),
      step(facts),
    ];
    return suffixed(text.join('\n'), kernel.suffix);
  });
  const answer = promelaAnswer(facts, asked);
  return `${[
    head(facts, problem),
    constants(facts),
    scratch(facts),
    chosen(facts),
    ...kernels,
    answer.text,
    user(facts, answer),
  ].join('\n')}\n`;
}

/** Returns the text with the names of this kernel: `vfio_msi_enable_v3`, `vdev_v3`. */
function suffixed(text: string, suffix: string): string {
  const own = [
    ...text.matchAll(/^(?:inline|#define|typedef) (\w+)/gm),
    ...text.matchAll(/^SCRATCH \w+ (\w+)/gm),
  ];
  const names = new Set(['vdev', ...own.map((match) => match[1] ?? '')]);
  return text.replaceAll(/\w+/g, (word) => (names.has(word) ? word + suffix : word));
}

function head(facts: ExportFacts, problem: Problem): string {
  const lines = headLines('promela', facts, problem).map((line) => line.replaceAll('*/', '* /'));
  return `/* ${lines.join('\n   ').replaceAll(/ +$/gm, '')} */`;
}

function constants(facts: ExportFacts): string {
  const errnos = 'EIO 5, EBADF 9, ENOMEM 12, EINVAL 22, ENOTTY 25, ENOSPC 28, ERANGE 34, EOPNOTSUPP 95'.split(
    ', ',
  );
  return `
#ifdef BFS
#define SCRATCH
#else
#define SCRATCH hidden
#endif
#define V ${facts.vectors}
#define NO_EVENTFD 0
#define EVENTFDS ${facts.eventfds}
#define VFIO_IRQ_SET_DATA_NONE 1
#define VFIO_IRQ_SET_DATA_BOOL 2
#define VFIO_IRQ_SET_DATA_EVENTFD 4
${errnos.map((row) => `#define ${row}`).join('\n')}
`;
}

function scratchNames(facts: ExportFacts): readonly string[] {
  const counters = facts.sites.map((site) => `calls_${site}`);
  const names = [
    'ret',
    'irq',
    'found',
    'fault',
    'got',
    'first',
    'v',
    'u',
    'at',
    'back',
    'failure',
    'outcome',
  ];
  return [...names, 'isNew', 'isFresh', ...counters];
}

/** Scratch variables: zero between two lines, and hidden from states where Spin allows that. */
function scratch(facts: ExportFacts): string {
  return scratchNames(facts)
    .map((name) => `SCRATCH short ${name};`)
    .join('\n');
}

/** The chosen line; all variables are zero between two lines. */
function chosen(facts: ExportFacts): string {
  const faults = facts.sites.flatMap((site) => [
    `byte nth_${site};`,
    `short errno_${site};`,
    ...(site === 'pci_alloc_irq_vectors' ? [`short had_${site};`] : []),
  ]);
  return `
mtype = { SET_IRQS, RAISE, CLOBBER, CLOSE, RESET, LOWER, REFUSED };
mtype op;
byte flags;
short start, count;
short data[${facts.longest}];
${faults.join('\n')}
`;
}

function device(facts: ExportFacts, kernel: ExportKernel): string {
  const { generation, parts } = kernel;
  const closable = facts.fds.filter((fd) => fd.closable !== null).length;
  const contexts = {
    static: '  byte num_ctx;           /* length of the array of contexts */\n',
    v2: '  bool ctx[V];            /* the vector has a context */\n',
    v3: '',
    dynamic: '',
    track: '',
    hold: '',
  }[generation];
  return `
/* ---- ${generation} ---- */
#define has_dyn_msix ${kernel.canAllocDyn}
#define IRQ_POOL ${kernel.irqPool ?? 30000}
#define CPU_VECTORS ${kernel.cpuVectors}

typedef vfio_pci_core_device {
  bool msix;              /* irq_type is VFIO_PCI_MSIX_IRQ_INDEX */
${contexts}  byte trigger[V];        /* the context's eventfd, or NO_EVENTFD */
  bool producer[V];       /* the context's bypass producer is registered */
  bool registered[${facts.eventfds + 1}];     /* the eventfd has a producer */
  bool allocated[V];      /* the vector has an irq */
  byte numbers;           /* irqs in use */
  byte handler[V];        /* eventfd of the irq's handler; an allocated vector without one is cached */
${parts.originals ? ORIGINALS : ''}${parts.messages || parts.reservations ? FIXED : ''}${parts.reservations ? '  byte cpuVectorsUsed;\n' : ''}${parts.messages ? MESSAGES : ''}  bool unmasked[V];       /* the entry's mask bit is clear */
  bool pending[V];
  bool pinAsserted;
${facts.kinds.has('reset') ? '  bool intxDisabled;      /* bit of the command register; a reset under MSI-X leaves it set */\n' : ''}${closable > 0 ? `  bool closed[${closable}];\n` : ''}};
vfio_pci_core_device vdev;
${[...facts.noted].map((name) => `SCRATCH ${NOTED[name] ?? 'byte'} ${name}${ARRAYS[name] ?? ''};`).join('\n')}`;
}

const ORIGINALS = `  bool original[V];       /* the irq came with the enabling call */
  byte initialRange;      /* vectors of the enabling call */
`;
const FIXED = '  bool fixed[V];          /* the irq has a CPU vector from its allocation on */\n';
const MESSAGES = `  bool message[V];        /* the message that the kernel last wrote is not zero */
  bool programmed[V];     /* the message in the table entry is not zero */
`;

const NOTED: Readonly<Record<string, string>> = { failedVector: 'short', result: 'short' };
const ARRAYS: Readonly<Record<string, string>> = {
  signals: '[EVENTFDS + 1]',
  attachedNow: '[V]',
  detachedNow: '[V]',
  allocatedNow: '[V]',
  wasAllocated: '[V]',
  wasAttached: '[V]',
};

/** Runs the chosen line on one kernel. */
function step(facts: ExportFacts): string {
  const takes = {
    set_irqs: ':: op == SET_IRQS -> vfio_pci_set_msi_trigger()',
    raise: ':: op == RAISE -> raise(start)',
    clobber: ':: op == CLOBBER -> clobber(start)',
    close: ':: op == CLOSE -> close_fd(start)',
    reset: ':: op == RESET -> pci_try_reset_function()',
    lower: ':: op == LOWER -> lower()',
    refused: ':: op == REFUSED -> ret = start',
  };
  const counters = facts.sites.map((site) => `calls_${site} = 0;`).join(' ');
  const clears = [...facts.noted].filter((name) => name !== 'result');
  const scalars = clears.filter((name) => ARRAYS[name] === undefined && !name.startsWith('was'));
  const before = [
    ...(facts.noted.has('wasMsix') ? ['wasMsix = vdev.msix;'] : []),
    ...scalars.map((name) => (name === 'failedVector' ? 'failedVector = -1;' : `${name} = false;`)),
  ].join(' ');
  const perVector = [
    ...['attachedNow', 'detachedNow', 'allocatedNow']
      .filter((name) => facts.noted.has(name))
      .map((name) => `${name}[v] = false;`),
    ...(facts.noted.has('wasAllocated') ? ['wasAllocated[v] = vdev.allocated[v];'] : []),
    ...(facts.noted.has('wasAttached') ? ['wasAttached[v] = (vdev.handler[v] != NO_EVENTFD);'] : []),
  ];
  const loop = (bound: string, body: readonly string[]) =>
    body.length === 0
      ? ''
      : `\n  v = 0;\n  do\n  :: v < ${bound} -> ${body.join(' ')} v++\n  :: else -> break\n  od;`;
  const arrays = clears.filter((name) => ARRAYS[name] !== undefined);
  const perEventfd = arrays.filter((name) => name === 'signals');
  const forgets = [
    ...clears.filter((name) => ARRAYS[name] === undefined),
    ...(facts.noted.has('result') ? ['result'] : []),
  ].map((name) => `${name} = 0;`);
  const forgetsEach = arrays.filter((name) => name !== 'signals').map((name) => `${name}[v] = 0;`);
  return `
inline forget() {
  ${forgets.join(' ')}${loop('V', forgetsEach)}${loop(
    'EVENTFDS + 1',
    perEventfd.map((name) => `${name}[v] = 0;`),
  )}
  skip
}

inline take() {
  ${counters} ${before}${loop('V', perVector)}${loop('EVENTFDS + 1', facts.noted.has('signals') ? ['signals[v] = 0;'] : [])}
  if
  ${[...facts.kinds].map((kind) => takes[kind]).join('\n  ')}
  fi${facts.noted.has('result') ? ';\n  result = ret' : ''}
}`;
}

function user(facts: ExportFacts, asked: PromelaAnswer): string {
  const faults = facts.sites.flatMap((site) => [
    `nth_${site} = 0; errno_${site} = 0;`,
    ...(site === 'pci_alloc_irq_vectors' ? [`had_${site} = 0;`] : []),
  ]);
  const alone = facts.kernels.length === 1;
  const shown = ({ generation, suffix }: ExportKernel) =>
    `printf("  # ${alone ? '' : `${suffix.slice(1) || generation} `}=> %d\\n", ret);`;
  const zero = Array.from({ length: facts.longest }, (_, i) => `data[${i}] = 0;`).join(' ');
  const answer = asked.text === '' ? '' : '\n        answer();';
  // each kernel has its own d_step, because Spin limits a d_step to 2,048 statements
  const apart = facts.kernels.length > 1 ? '\n      };\n      d_step {' : '';
  const lengths = new Set(facts.ops.flatMap((op) => (op.kind === 'set_irqs' ? [op.data.length] : [])));
  return `
${[...lengths]
  .sort((a, b) => a - b)
  .map(setIrqsInline)
  .join('\n')}

/* operations of user space and the device, in any order */
active proctype user() {
  do
  :: atomic {
      if
${facts.ops.map((op) => `      :: d_step { ${choice(op)}; printf("${printed(op.text)}\\n") }`).join('\n')}
      fi;
      d_step {
${facts.kernels.map((kernel) => `        take${kernel.suffix}(); ${shown(kernel)}`).join('\n      };\n      d_step {\n')}${apart}${answer}
        op = 0; flags = 0; start = 0; count = 0; ${zero}
        ${faults.join(' ')}
${facts.kernels.map(({ suffix }) => `        forget${suffix}();`).join('\n')}
        ${[...scratchNames(facts), ...asked.scratch].map((name) => `${name} = 0;`).join(' ')}
      }
    }
  od
}`;
}

/** Returns a text for the format of a printf. */
function printed(text: string): string {
  return text.replaceAll(/["\\\\]/g, "'").replaceAll('%', '%%');
}

function setIrqsInline(length: number): string {
  const params = Array.from({ length }, (_, i) => `d${i}`);
  const sets = params.map((name, i) => ` data[${i}] = ${name};`).join('');
  return `inline set_irqs_${length}(set_flags, set_start, set_count${params.map((name) => `, ${name}`).join('')}) {
  op = SET_IRQS; flags = set_flags; start = set_start; count = set_count;${sets}
}`;
}

const FLAGS: Readonly<Record<number, string>> = {
  1: 'VFIO_IRQ_SET_DATA_NONE',
  2: 'VFIO_IRQ_SET_DATA_BOOL',
  4: 'VFIO_IRQ_SET_DATA_EVENTFD',
};

function choice(op: ExportOp): string {
  switch (op.kind) {
    case 'set_irqs': {
      const args = [FLAGS[op.flags & 7] ?? String(op.flags & 7), op.start, op.count, ...op.data];
      const faults = FAULT_SITES.flatMap((site) => op.faults.filter((fault) => fault.site === site)).map(
        ({ site, nth, errno, had }) =>
          `; nth_${site} = ${nth}; ${had === null ? `errno_${site} = ${errno}` : `had_${site} = ${had + 1}`}`,
      );
      return `set_irqs_${op.data.length}(${args.join(', ')})${faults.join('')}`;
    }
    case 'raise':
      return `op = RAISE; start = ${op.which}`;
    case 'clobber':
      return `op = CLOBBER; start = ${op.which}`;
    case 'close':
      return `op = CLOSE; start = ${op.which}`;
    case 'reset':
      return 'op = RESET';
    case 'lower':
      return 'op = LOWER';
    case 'refused':
      return `op = REFUSED; start = ${op.ret}`;
  }
}
