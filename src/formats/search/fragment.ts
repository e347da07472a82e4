// A search as the readable fragment of an address: `explore=v3,dynamic&vectors=3&irqs=2&…&ask=differ-client`. Parsing never throws;
// a problem names each damaged field, which keeps its default value.

import type { Problem } from '../../base/result.ts';
import { GENERATIONS, generationById } from '../../kernel/generations/index.ts';
import { idWord } from '../../kernel/generations/policies.ts';
import type { RaiseAbility } from '../../machine/device.ts';
import { DEVICES, deviceByName } from '../../machine/devices.ts';
import {
  ALPHABET_PARTS,
  type AlphabetPart,
  FIRST_SEARCH,
  MSI_VECTORS,
  SEARCH_MODES,
  SEARCH_RANGES,
  type SearchDevice,
  type SearchMode,
  type SearchSetup,
  USUAL_DEVICE,
} from '../../session/search.ts';

/** The parts of the view. */
export const SHOWN = ['search', 'graph', 'atlas'] as const;
export type Shown = (typeof SHOWN)[number];

/** The readable part of a fragment. */
export interface ReadSearch {
  readonly setup: SearchSetup;
  readonly shown: Shown;
  /** `at.path` is the field, for instance `vectors`. */
  readonly problems: readonly Problem[];
}

/** Largest number of characters of a composed question. */
const LONGEST_QUESTION = 2000;

/** What a link means that names no mode and no device: MSI-X alone, on the usual device. */
const UNNAMED = { modes: ['msix'], msi: 0, device: USUAL_DEVICE } as const;

/**
 * Returns the fragment without `#`. It contains every choice, or leaves out a choice whose absence has a meaning of its own
 * (`UNNAMED`, no limit), so a link keeps its meaning when default values change.
 */
export function printSearch(setup: SearchSetup, shown: Shown = 'search'): string {
  const { generation, against, modes, msi, dynamic, irqs, cpuVectors, parts, asked, maxDepth } = setup;
  return [
    `explore=${[generation, ...(against === null ? [] : [against])].map(idWord).join(',')}`,
    ...(modes.join() === UNNAMED.modes.join() ? [] : [`modes=${modes.join(',')}`]),
    `vectors=${setup.vectors}`,
    ...(msi === UNNAMED.msi ? [] : [`msi=${msi}`]),
    ...printDevice(setup.device),
    `fds=${setup.eventfds}`,
    `block=${setup.block}`,
    `ops=${ALPHABET_PARTS.filter((part) => parts.includes(part)).join(',')}`,
    ...(dynamic ? [] : ['dynamic=no']),
    ...(irqs === null ? [] : [`irqs=${irqs}`]),
    ...(cpuVectors === null ? [] : [`cpus=${cpuVectors}`]),
    ...(maxDepth === null ? [] : [`depth=${maxDepth}`]),
    `states=${setup.maxStates}`,
    asked.kind === 'named' ? `ask=${asked.id}` : `where=${encodeURIComponent(asked.text)}`,
    ...(shown === 'search' ? [] : [`show=${shown}`]),
  ].join('&');
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no');

function printDevice({ model, intx, pcie, maskable, raise }: SearchDevice): readonly string[] {
  return [
    ...(model === UNNAMED.device.model ? [] : [`device=${model}`]),
    ...(intx === null ? [] : [`pin=${yesNo(intx)}`]),
    ...(pcie === null ? [] : [`pcie=${yesNo(pcie)}`]),
    ...(maskable === null ? [] : [`maskable=${yesNo(maskable)}`]),
    ...(raise === null ? [] : [`raise=${raise}`]),
  ];
}

/** Parses a fragment without `#`. `questions` are the known ids. */
export function parseSearch(fragment: string, questions: readonly string[]): ReadSearch {
  const problems: Problem[] = [];
  const setup: Writable<SearchSetup> = { ...FIRST_SEARCH, ...UNNAMED };
  let shown: Shown = 'search';
  const seen = new Set<string>();
  const report = (path: string, expected: string, found: string) => {
    problems.push({
      at: { path },
      expected,
      found: found === '' ? 'an empty value' : `"${found.slice(0, 40)}"`,
    });
  };
  for (const field of fragment.split('&')) {
    const at = field.indexOf('=');
    const name = at < 0 ? field : field.slice(0, at);
    const value = at < 0 ? '' : field.slice(at + 1);
    if (seen.has(name)) {
      report(name.slice(0, 40), 'this field only once', value);
      continue;
    }
    seen.add(name);
    const part = name === 'show' ? SHOWN.find((one) => one === value) : undefined;
    if (part !== undefined) {
      shown = part;
      continue;
    }
    const expected = readField(setup, name, value, questions);
    if (expected !== null) report(name.slice(0, 40) || 'explore', expected, value);
  }
  return { setup, shown, problems };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads one field into the setup. Returns null, or the accepted values of a damaged field. */
function readField(
  setup: Writable<SearchSetup>,
  name: string,
  value: string,
  questions: readonly string[],
): string | null {
  switch (name) {
    case 'explore':
      return readSides(setup, value);
    case 'vectors':
      return readNumber('vectors', value, (number) => (setup.vectors = number));
    case 'modes':
      return readModes(setup, value);
    case 'msi':
      return readMsi(setup, value);
    case 'device':
      if (deviceByName(value) === undefined) return `one of ${DEVICES.map(({ name }) => name).join(', ')}`;
      setup.device = { ...setup.device, model: value };
      return null;
    case 'pin':
      return readFlag(value, (intx) => (setup.device = { ...setup.device, intx }));
    case 'pcie':
      return readFlag(value, (pcie) => (setup.device = { ...setup.device, pcie }));
    case 'maskable':
      return readFlag(value, (maskable) => (setup.device = { ...setup.device, maskable }));
    case 'raise': {
      const raise = RAISES.find((one) => one === value);
      if (raise === undefined) return `one of ${RAISES.join(', ')}`;
      setup.device = { ...setup.device, raise };
      return null;
    }
    case 'fds':
      return readNumber('eventfds', value, (number) => (setup.eventfds = number));
    case 'block':
      return readNumber('block', value, (number) => (setup.block = number));
    case 'irqs':
      return readNumber('irqs', value, (number) => (setup.irqs = number));
    case 'cpus':
      return readNumber('cpuVectors', value, (number) => (setup.cpuVectors = number));
    case 'depth':
      return readNumber('maxDepth', value, (number) => (setup.maxDepth = number));
    case 'states':
      return readNumber('maxStates', value, (number) => (setup.maxStates = number));
    case 'ops':
      return readParts(setup, value);
    case 'dynamic':
      setup.dynamic = value !== 'no';
      return value === 'no' || value === 'yes' ? null : 'yes or no';
    case 'ask':
      if (!questions.includes(value)) return 'the id of a question';
      setup.asked = { kind: 'named', id: value };
      return null;
    case 'where':
      return readComposed(setup, value);
    case 'show':
      return SHOWN.join(', ');
    default:
      return `one of ${FIELDS.join(', ')}`;
  }
}

const FIELDS: readonly string[] = [
  ...['explore', 'modes', 'vectors', 'msi', 'device', 'pin', 'pcie', 'maskable', 'raise', 'fds', 'block'],
  ...['ops', 'dynamic', 'irqs', 'cpus', 'depth', 'states', 'ask', 'where', 'show'],
];

const RAISES: readonly RaiseAbility[] = ['never', 'with-msix', 'always'];

function readFlag(value: string, take: (flag: boolean) => void): string | null {
  if (value !== 'yes' && value !== 'no') return 'yes or no';
  take(value === 'yes');
  return null;
}

function readModes(setup: Writable<SearchSetup>, value: string): string | null {
  const words = value.split(',').filter((word) => word !== '');
  const modes = words.flatMap((word): SearchMode[] => SEARCH_MODES.filter((mode) => mode === word));
  if (modes.length < words.length) return `some of ${SEARCH_MODES.join(', ')}`;
  setup.modes = SEARCH_MODES.filter((mode) => modes.includes(mode));
  return null;
}

function readMsi(setup: Writable<SearchSetup>, value: string): string | null {
  const number = MSI_VECTORS.find((one) => String(one) === value);
  if (number === undefined) return `one of ${MSI_VECTORS.join(', ')}`;
  setup.msi = number;
  return null;
}

function readSides(setup: Writable<SearchSetup>, value: string): string | null {
  // the address of the view before the first choice
  if (value === '') return null;
  const [first, second, ...more] = value.split(',').map((id) => generationById(id));
  const count = value.split(',').length;
  if (first === undefined || more.length > 0 || (count === 2 && second === undefined)) {
    return `one or two of ${GENERATIONS.map(({ id }) => id).join(', ')}`;
  }
  setup.generation = first.id;
  setup.against = second?.id ?? null;
  return null;
}

function readNumber(
  name: keyof typeof SEARCH_RANGES,
  value: string,
  take: (number: number) => void,
): string | null {
  const { from, to } = SEARCH_RANGES[name];
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= from && number <= to)) return `a number from ${from} to ${to}`;
  take(number);
  return null;
}

function readParts(setup: Writable<SearchSetup>, value: string): string | null {
  const words = value.split(',').filter((word) => word !== '');
  const parts = words.flatMap((word): AlphabetPart[] => ALPHABET_PARTS.filter((part) => part === word));
  setup.parts = ALPHABET_PARTS.filter((part) => parts.includes(part));
  return parts.length === words.length ? null : `some of ${ALPHABET_PARTS.join(', ')}`;
}

function readComposed(setup: Writable<SearchSetup>, value: string): string | null {
  try {
    const text = decodeURIComponent(value);
    if (text.trim() === '' || text.length > LONGEST_QUESTION) {
      return `a question of at most ${LONGEST_QUESTION} characters`;
    }
    setup.asked = { kind: 'composed', text };
    return null;
  } catch {
    return 'percent-encoded text';
  }
}
