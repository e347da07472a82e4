// Prints scripts: device, cursor and lines (printLine.ts).

import type { DeviceSpec, Script } from '../../session/script.ts';
import type { Cursor } from '../../session/session.ts';
import { printFact } from './facts.ts';
import { printLine } from './printLine.ts';
import { CURSOR, DEVICE } from './words.ts';

/** Returns the script as text. Every line ends with a line break. */
export function printScript(script: Script): string {
  const lines = script.lines.map(printLine);
  if (script.cursor !== undefined) lines.unshift(printCursor(script.cursor));
  if (script.device !== null) lines.unshift(printDevice(script.device));
  return lines.map((line) => `${line}\n`).join('');
}

function printCursor({ line, step }: Cursor): string {
  // steps count from 1, as on the screen
  return `${CURSOR.word} ${line}${step === null ? '' : `.${step + 1}`}`;
}

function printDevice(spec: DeviceSpec): string {
  const { model, msix, msi, intx, generation, noDyn, noRemap, irqs, cpuVectors, facts = [] } = spec;
  return [
    DEVICE.word,
    model,
    msix === null ? '' : `msix=${msix}`,
    msi === null ? '' : `msi=${msi}`,
    intx === null ? '' : intx ? 'intx' : 'nointx',
    generation?.replaceAll(' + ', ' ') ?? '',
    noDyn ? 'nodyn' : '',
    noRemap ? 'noremap' : '',
    irqs === null ? '' : `irqs=${irqs}`,
    cpuVectors === null ? '' : `cpu_vectors=${cpuVectors}`,
    ...facts.map(printFact),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
