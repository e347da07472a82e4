// `irqscope atlas`: every outcome of small devices, with a shortest script each. The build of the page writes the same file.

import { type AtlasEntry, type AtlasSource, atlas } from '../explore/atlas.ts';
import { atlasSources } from '../explore/atlasSources.ts';
import { printScript } from '../formats/notation/print.ts';
import { type AtlasFile, type AtlasRow, printAtlas } from '../formats/search/atlas.ts';
import { GENERATIONS } from '../kernel/generations/index.ts';
import { OPENED_COMMAND } from '../machine/boot.ts';
import { scriptOf } from '../session/deviceSpec.ts';
import { START, scriptLine } from '../session/session.ts';
import { readArguments, wrongUse } from './arguments.ts';

/** Searches the sources of every generation. Deterministic: the same code returns the same atlas, byte for byte. */
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
    version: 2,
    bounds: (first?.sources ?? []).map(
      ({ label, deviceName, maxDepth, maxStates, alphabet }) =>
        `${deviceName}, ${label}: ${alphabet.length} operations, scripts of at most ${maxDepth}, at most ${maxStates} states`,
    ),
    states: made.reduce((sum, { states }) => sum + states, 0),
    entries: made.flatMap(({ sources, entries }) => entries.map((entry) => rowOf(entry, sources))),
    unreached: made.flatMap(({ unreached }) => unreached),
  };
}

function rowOf(entry: AtlasEntry, sources: readonly AtlasSource[]): AtlasRow {
  const { generation, fn, check, result, script } = entry;
  const source = sources[entry.source];
  if (source === undefined) throw new Error(`no source ${entry.source}`);
  const { device, host } = source.side.start;
  const setup = { deviceName: source.deviceName, device, host, command: OPENED_COMMAND };
  const lines = [...source.setUp, ...script].map(scriptLine);
  const text = printScript(scriptOf({ setup, generation, script: lines, cursor: START }));
  return { generation, fn, check, result, script: text, length: script.length };
}

/** Prints the atlas as JSON. */
export function atlasCommand(args: readonly string[]): number {
  const given = readArguments(args, { values: [], flags: [], paths: false });
  if (!given.ok) return wrongUse(given);
  process.stdout.write(printAtlas(makeAtlas()));
  return 0;
}
