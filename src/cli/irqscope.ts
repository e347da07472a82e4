// The command line: `npm run --silent irqscope -- COMMAND …`. It runs the page's functions without a browser, and loads only
// the code of the chosen command, which saves start-up time.

import { GENERATION_IDS } from '../kernel/generations/generation.ts';

const USAGE = `usage: irqscope COMMAND

  kernels [--json]
      Lists the kernels with their facts: value, evidence (recorded or read) and source.
  conformance [--generation G | --kernel ID] [--json] PATH...
      Replays recordings (.jsonl, .jsonl.gz, or folders of them) on the generation and release that each names, and
      compares every step with the recorded kernel. Exits 1 when a value differs. With --generation or --kernel it
      compares only the recordings of that generation or kernel.
  coverage [--json] [PATH...]
      Counts the recorded steps that reach each check, branch and fault site of the MSI and MSI-X path, by kernel.
      Without a path it reads test/recordings.
  import [--json] [--format ID] [--choose GUESS=VALUE] FILE
      Reads a trace, a log or a recording as a script, compares its results with the model's, and names the kernels and
      hosts that agree with all of them. --choose answers a guess that the command lists, such as irqfd=loop.
  replay [--generation G | --kernel ID] [--json] FILE
      Runs a script in notation and prints each step as strace would, then the state.
  atlas
      Prints every distinct outcome of small devices as JSON, each with a shortest script.
  explore (--generation A | --kernel ID) [--against B] --vectors N (--question ID | --where PREDICATE) [--json]
          [--irqs POOL] [--cpu-vectors N] [--no-dynamic] [--device NAME] [--pin yes|no] [--pcie yes|no]
          [--maskable yes|no] [--raise never|with-msix|always] [--modes msix,msi,intx] [--msi-vectors N] [--msi]
          [--fds K] [--block B] [--with raise,loopback,disable,count-zero,close,reset,faults,mask,unmask-fd,bool]
          [--without minus-one,bad-fd]
          [--max-depth D] [--max-states S] [--export promela|tla [--out FILE]]
      Tries every script over a small alphabet, shortest first: descriptors -1, K good ones (1) and a bad one, in
      blocks of up to B (2) vectors. Exits 0 with a script or a proof, 1 when a limit ended the search, 3 when the
      question cannot happen with these operations. \`explore --help\` explains operations and predicates, such as
      'a.freed(1) and not b.freed(1)'. --list prints the questions; --export writes the same search
      for Spin or TLC instead. --against accepts a generation or the id of a kernel.
  review (--generation A | --kernel ID) --against B [--json | --mail | --program]
      Compares kernel A with kernel B in a fixed list of searches: what a client and root see on a usual host, with MSI,
      without dynamic allocation, on a host short of irqs, with a failure at each site, and when the device fires inside
      an ioctl; and what each policy costs. Exits 0, also with differences, and 1 when a limit ended a search.

  Generations: ${GENERATION_IDS.join(', ')}; track and hold are proposals that no kernel has. A
  generation has the facts of its recorded kernel; \`kernels\` lists the ids.
`;

/** Runs one command and returns the exit status: 0 fine, 1 a finding, 2 wrong use, 3 a question of `explore` that cannot happen. */
async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'atlas':
      return (await import('./atlas.ts')).atlasCommand(rest);
    case 'conformance':
      return (await import('./conformance.ts')).conformanceCommand(rest);
    case 'coverage':
      return (await import('./coverage.ts')).coverageCommand(rest);
    case 'explore':
      return (await import('./explore.ts')).exploreCommand(rest);
    case 'import':
      return (await import('./import.ts')).importCommand(rest);
    case 'kernels':
      return (await import('./kernels.ts')).kernelsCommand(rest);
    case 'replay':
      return (await import('./replay.ts')).replayCommand(rest);
    case 'review':
      return (await import('./review.ts')).reviewCommand(rest);
    default:
      process.stderr.write(USAGE);
      return command === undefined || command === '--help' || command === 'help' ? 0 : 2;
  }
}

// a reader such as `head` may close the pipe early
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
