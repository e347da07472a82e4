// The rare settings of the `device` line, such as `host.firstIrq=30`: one for each fact of session/setupFacts.ts.

import { FACTS, type Fact, type FactValue, type NamedFact } from '../../session/setupFacts.ts';
import { listed } from './messages.ts';
import { u32 } from './numbers.ts';
import type { Reader, Settings } from './reader.ts';
import type { Token } from './scan.ts';
import type { SettingWord } from './words.ts';

const NONE = 'none';
const YES = 'yes';
const NO = 'no';

/** The keyword of each fact. */
export const FACT_WORDS: readonly SettingWord[] = FACTS.map(({ path, about }) => ({
  word: `${path}=`,
  about,
  rare: true,
}));

/** Returns a fact as a setting, such as `device.model=QEMU%20edu`. Separators of the notation are percent-encoded. */
export function printFact({ path, value }: NamedFact): string {
  return `${path}=${valueText(value)}`;
}

function valueText(value: FactValue): string {
  if (value === null) return NONE;
  if (typeof value === 'boolean') return value ? YES : NO;
  if (typeof value === 'number') return String(value);
  // encodeURIComponent throws on a lone surrogate
  const whole = value.replaceAll(/[\ud800-\udfff]/gu, '\ufffd');
  return encodeURIComponent(whole).replaceAll('!', '%21').replaceAll('~', '%7E');
}

/** Returns the facts among the settings of a `device` line, in printing order. */
export function readFacts(r: Reader, settings: Settings): readonly NamedFact[] {
  return FACTS.flatMap((fact): readonly NamedFact[] => {
    const token = settings.get(`${fact.path}=`);
    if (token === undefined) return [];
    const value = readValue(r, fact, token);
    return value === undefined ? [] : [{ path: fact.path, value }];
  });
}

function readValue(r: Reader, { sort, about }: Fact, token: Token): FactValue | undefined {
  switch (sort.kind) {
    case 'number':
      if (sort.orNone && token.text === NONE) return null;
      return r.numberIn(token, { ...u32(about), max: BigInt(sort.max) });
    case 'yes-no':
      if (token.text === YES || token.text === NO) return token.text === YES;
      return refused(r, `${YES} or ${NO}`, token);
    case 'choice':
      return sort.values.find((value) => value === token.text) ?? refused(r, listed(sort.values), token);
    case 'text':
      return decoded(token.text) ?? refused(r, 'percent-encoded text', token);
  }
}

function refused(r: Reader, expected: string, token: Token): undefined {
  r.refuse(expected, token);
  return undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
