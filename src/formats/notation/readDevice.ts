// Reads the header line of a script, such as `device nvme msix=8 dynamic`. Callers check that the device model exists.

import { GENERATION_IDS } from '../../kernel/generations/generation.ts';
import { GENERATIONS } from '../../kernel/generations/index.ts';
import { POLICY_CHOICES, POLICY_IDS, whatIfId } from '../../kernel/generations/policies.ts';
import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { type DeviceSpec, unchangedDevice } from '../../session/script.ts';
import { FACT_WORDS, readFacts } from './facts.ts';
import { type NumberSort, range } from './numbers.ts';
import type { Reader, Settings } from './reader.ts';
import type { SettingWord } from './words.ts';

const MSIX = range('a number of vectors', 0, MSIX_VECTORS_MAX);
const MSI = range('a power of two, or 0', 0, 32);
const LIMIT = range('a limit', 0, 65535);

/** The settings, in printing order. */
const DEVICE_WORDS: readonly SettingWord[] = [
  { word: 'msix=', about: 'MSI-X table entries, 0 for no MSI-X' },
  { word: 'msi=', about: 'MSI vectors, 0 for no MSI' },
  { word: 'intx', about: 'has an interrupt pin', group: 'pin' },
  { word: 'nointx', about: 'has no interrupt pin', group: 'pin' },
  ...GENERATIONS.map(({ id, label }) => ({ word: id, about: label, group: 'generation' })),
  ...POLICY_IDS.flatMap((group) =>
    POLICY_CHOICES[group].map((word) => ({ word, about: 'a policy of a what-if kernel', group })),
  ),
  { word: 'nodyn', about: 'the irq domain cannot allocate once MSI-X is enabled' },
  { word: 'noremap', about: 'no interrupt remapping' },
  { word: 'irqs=', about: 'irqs that the domain can allocate' },
  { word: 'cpu_vectors=', about: 'CPU vectors left for the device' },
  ...FACT_WORDS,
];

/** Matches the name of a device model: one word, possibly a vendor:device id. */
const MODEL = /^[a-z\d][\w.:+-]*$/i;

/** Reads the rest of the line after `device`. */
export function readDevice(r: Reader): DeviceSpec {
  const model = r.word({ kind: 'model' }, 'the name of a device');
  if (model !== undefined && !MODEL.test(model.text)) r.refuse('the name of a device', model);
  const settings = r.settings('a setting of the device', DEVICE_WORDS);
  const msi = settings.get('msi=');
  const facts = readFacts(r, settings);
  const spec = {
    ...unchangedDevice(model?.text ?? ''),
    msix: numberOf(r, settings, 'msix=', MSIX),
    msi: numberOf(r, settings, 'msi=', MSI),
    intx: settings.has('intx') ? true : settings.has('nointx') ? false : null,
    generation: generationOf(settings),
    noDyn: settings.has('nodyn'),
    noRemap: settings.has('noremap'),
    irqs: numberOf(r, settings, 'irqs=', LIMIT),
    cpuVectors: numberOf(r, settings, 'cpu_vectors=', LIMIT),
    ...(facts.length === 0 ? {} : { facts }),
  };
  if (spec.msi !== null && spec.msi !== 0 && !Number.isInteger(Math.log2(spec.msi))) {
    r.refuse('a power of two, or 0 (0 to 32)', msi);
  }
  return spec;
}

/** Returns the generation, with changed policies if policies are named; null without either. */
function generationOf(settings: Settings): DeviceSpec['generation'] {
  const base = GENERATION_IDS.find((id) => settings.has(id));
  const tokens = POLICY_IDS.flatMap((id) => POLICY_CHOICES[id].filter((token) => settings.has(token)));
  return base === undefined && tokens.length === 0 ? null : whatIfId(base ?? 'dynamic', tokens);
}

function numberOf(r: Reader, settings: Settings, word: string, sort: NumberSort): number | null {
  const value = settings.get(word);
  return value === undefined ? null : r.numberIn(value, sort);
}
