// Reads fixtures of texts that show a state, for tests.
import { readFileSync } from 'node:fs';
import type { ImportSummary } from '../../../src/formats/imports/run.ts';
import type { DeviceSpec } from '../../../src/session/script.ts';
import { readText } from './read.ts';

/** Returns the text of a fixture. */
export const fixture = (path: string) =>
  new TextDecoder().decode(readFileSync(new URL(`./fixtures/${path}.txt`, import.meta.url)));
/** Imports a fixture, for the chosen device. */
export const read = (path: string, device?: string) =>
  readText(fixture(path), undefined, 4096, device === undefined ? undefined : new Map([['device', device]]));
/** Returns the facts of a device line by path. */
export const facts = (spec: DeviceSpec | null) =>
  Object.fromEntries((spec?.facts ?? []).map(({ path, value }) => [path, value]));
/** Returns the outcome of each line in words. */
export const whys = (text: string) => readText(text).rows.map(({ kind, what }) => `${kind}: ${what}`);
/** Returns the choice among devices. */
const deviceGuess = ({ guesses }: ImportSummary) => guesses.find(({ id }) => id === 'device');
/** Returns the names of the devices among which a person chooses. */
export const devicesOf = (summary: ImportSummary) => deviceGuess(summary)?.options.map(({ value }) => value);
/** Returns the labels of the devices among which a person chooses. */
export const deviceChoices = (summary: ImportSummary) =>
  deviceGuess(summary)?.options.map(({ label }) => label);
/** Returns the sentence about the chosen device. */
export const deviceText = (summary: ImportSummary) => deviceGuess(summary)?.text;
/** Returns the sentences of a fixture. */
export const said = (path: string) => read(path).summary.assumed.join(' ');
