// The command line: `npm run --silent irqscope -- COMMAND …`. What the page shows, without the page.

import { atlasCommand } from './atlas.ts';
import { conformanceCommand } from './conformance.ts';
import { exploreCommand } from './explore.ts';
import { replayCommand } from './replay.ts';

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
          [--max-depth D] [--max-states S]
      Tries every script over a small alphabet, shortest first: descriptors -1, K good ones (1) and a bad one, in
      blocks of up to B (2) vectors. Exits 1 when a bound cut the search. --list prints the questions.

  Generations: static, v2, v3, dynamic.
`;

/** Runs one command and returns the exit status: 0 fine, 1 a finding, 2 wrong use. */
function main(args: readonly string[]): number {
  const [command, ...rest] = args;
  switch (command) {
    case 'atlas':
      return atlasCommand(rest);
    case 'conformance':
      return conformanceCommand(rest);
    case 'explore':
      return exploreCommand(rest);
    case 'replay':
      return replayCommand(rest);
    default:
      process.stderr.write(USAGE);
      return command === undefined || command === '--help' || command === 'help' ? 0 : 2;
  }
}

process.exitCode = main(process.argv.slice(2));
