// `irqscope atlas`: every outcome that small devices come to, with a shortest script each. The page's build writes the same.

import { type AtlasEntry, type AtlasSource, atlas } from '../explore/atlas.ts';
import { atlasSources } from '../explore/atlasSources.ts';
import { printScript } from '../formats/notation/print.ts';
import { type AtlasFile, type AtlasRow, printAtlas } from '../formats/search/atlas.ts';
import { GENERATIONS } from '../kernel/generations/index.ts';
import { OPENED_COMMAND } from '../machine/boot.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import { START, scriptLine } from '../session/session.ts';

/** Searches the sources of every generation. The same code gives the same atlas, byte for byte. */
export function makeAtlas(sourcesOf: typeof atlasSources = atlasSources): AtlasFile {
  const made = GENERATIONS.map((generation) => {
    const sources = sourcesOf(generation);
    const steps = atlas(sources);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return { sources, ...step.value };
  });
  const [first] = made;
  return {
    version: 1,
    bounds: (first?.sources ?? []).map(
      ({ label, deviceName, maxDepth, maxStates, alphabet }) =>
        `${deviceName}, ${label}: ${alphabet.length} operations, at most ${maxDepth} of them in a row, at most ${maxStates} states`,
    ),
    states: made.reduce((sum, { states }) => sum + states, 0),
    entries: made.flatMap(({ sources, entries }) => entries.map((entry) => rowOf(entry, sources))),
    unreached: made.flatMap(({ unreached }) => unreached),
  };
}

function rowOf(entry: AtlasEntry, sources: readonly AtlasSource[]): AtlasRow {
  const { generation, fn, check, errno, script } = entry;
  const source = sources[entry.source];
  if (source === undefined) throw new Error(`no source ${entry.source}`);
  const { device, host } = source.side.start;
  const setup = { deviceName: source.deviceName, device, host, command: OPENED_COMMAND };
  const lines = [...source.setUp, ...script].map(scriptLine);
  const text = printScript(scriptOf({ setup, generation, script: lines, cursor: START }));
  return { generation, fn, check, errno, script: text, length: script.length };
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
