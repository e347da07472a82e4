// `irqscope atlas`: every outcome that small devices come to, with a shortest script each. The page's build writes the same.

import { type AtlasEntry, atlas } from '../explore/atlas.ts';
import { printScript } from '../formats/notation/print.ts';
import { type AtlasFile, type AtlasRow, printAtlas } from '../formats/search/atlas.ts';
import { GENERATIONS } from '../kernel/generations/index.ts';
import { run } from '../kernel/run.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import { START, scriptLine, startingMachine } from '../session/session.ts';
import { GROUNDS, type Ground } from './atlasSources.ts';

/** Searches every ground under every generation. The same code gives the same atlas, byte for byte. */
export function makeAtlas(grounds: readonly Ground[] = GROUNDS): AtlasFile {
  const rows = new Map<string, AtlasRow>();
  const missing = new Map<AtlasRow['generation'], ReadonlySet<string>>();
  let states = 0;
  for (const generation of GENERATIONS) {
    for (const ground of grounds) {
      const setup = ground.setup(generation.id);
      const begin = startingMachine(setup);
      const start = ground.setUp.reduce((machine, line) => run(generation, machine, line).after, begin);
      const { alphabet, maxDepth, maxStates } = ground;
      const steps = atlas([{ side: { generation, start }, alphabet, maxDepth, maxStates }]);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      states += step.value.states;
      for (const entry of step.value.entries) {
        const key = [entry.generation, entry.fn, entry.check, entry.errno].join(' ');
        const known = rows.get(key);
        if (known === undefined || known.length > entry.script.length) {
          rows.set(key, rowOf(entry, ground));
        }
      }
      const here = new Set<string>(step.value.unreached.flatMap(({ checks }) => checks));
      const before = missing.get(generation.id) ?? here;
      missing.set(generation.id, new Set([...before].filter((check) => here.has(check))));
    }
  }
  return {
    version: 1,
    bounds: grounds.map(
      ({ about, maxDepth, maxStates, alphabet }) =>
        `${about}: ${alphabet.length} operations, at most ${maxDepth} of them in a row, ${maxStates} states`,
    ),
    states,
    entries: [...rows.values()],
    unreached: [...missing].map(([generation, checks]) => ({ generation, checks: [...checks].sort() })),
  };
}

function rowOf({ generation, fn, check, errno, script }: AtlasEntry, { setup, setUp }: Ground): AtlasRow {
  const lines = [...setUp, ...script].map(scriptLine);
  const session = { setup: setup(generation), generation, script: lines, cursor: START };
  return { generation, fn, check, errno, script: printScript(scriptOf(session)), length: script.length };
}

/** Prints the atlas as JSON. */
export function atlasCommand(args: readonly string[]): number {
  if (args.length > 0) {
    process.stderr.write('irqscope: atlas takes nothing\n');
    return 2;
  }
  process.stdout.write(printAtlas(makeAtlas()));
  return 0;
}
