// The command line: `npm run --silent irqscope -- COMMAND …`. What the page shows, without the page. A command's code is
// loaded when it is asked for: a search takes less time than reading all of them would.

const USAGE = `usage: irqscope COMMAND

  conformance [--generation G] [--json] PATH...
      Replays recordings (.jsonl, .jsonl.gz, or folders of them) on the generation that each names, and compares
      every step with what the kernel did. Exits 1 when anything differs.
  replay --generation G [--json] FILE
      Runs a script in notation and prints each step as strace would, then the state.
  atlas
      Prints every outcome that small devices come to, with a shortest script each, as JSON.
  explore --generation A [--against B] --vectors N (--question ID | --where PREDICATE) [--json]
          [--irqs POOL] [--cpu-vectors N] [--no-dynamic] [--device NAME] [--msi]
          [--fds K] [--block B] [--with raise,loopback,disable,count-zero,close,reset,faults]
          [--without minus-one,bad-fd]
          [--max-depth D] [--max-states S] [--export promela|tla [--out FILE]]
      Tries every script over a small alphabet, shortest first: descriptors -1, K good ones (1) and a bad one, in
      blocks of up to B (2) vectors. Exits 1 when a bound cut the search. --list prints the questions; --export
      writes the same search for Spin or TLC instead.

  Generations: static, v2, v3, dynamic.
`;

/** Runs one command and returns the exit status: 0 fine, 1 a finding, 2 wrong use. */
async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'atlas':
      return (await import('./atlas.ts')).atlasCommand(rest);
    case 'conformance':
      return (await import('./conformance.ts')).conformanceCommand(rest);
    case 'explore':
      return (await import('./explore.ts')).exploreCommand(rest);
    case 'replay':
      return (await import('./replay.ts')).replayCommand(rest);
    default:
      process.stderr.write(USAGE);
      return command === undefined || command === '--help' || command === 'help' ? 0 : 2;
  }
}

// who reads the output may have seen enough, as `head` has
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
