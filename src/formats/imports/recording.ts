// Imports a recording. An undamaged recording opens with its comparison (recordingFile.ts); the readable steps of a damaged one
// become a script.

import { DEVICES } from '../../machine/devices.ts';
import type { RecordingHeader } from '../../recordings/recording.ts';
import { type DeviceSpec, unchangedDevice } from '../../session/script.ts';
import { scriptLine } from '../../session/session.ts';
import { parseRecordedLine } from '../recording/parse.ts';
import { bad, type ImportFormat, type ImportReader, passed } from './format.ts';

/** Recordings of the project's format. */
export const RECORDING: ImportFormat = {
  id: 'recording',
  label: 'Recording',
  thing: 'recording',
  travels: false,
  mark: (text) =>
    /"format"\s*:\s*"vfio-irq-recording"/.test(text)
      ? '"format":"vfio-irq-recording"'
      : (/^\s*\{\s*"type"\s*:\s*"(header|initial|step)"/.exec(text)?.[0] ?? null),
  begin: () => ({ open: () => recordingReader() }),
};

function recordingReader(): ImportReader {
  let line = 0;
  let next = 0;
  /** An earlier line is unreadable, so that a step may be missing. */
  let gap = false;
  let version: string | null = null;
  let device: DeviceSpec | null = null;
  const assumed: string[] = [];
  return {
    add(text) {
      line++;
      if (text.trim() === '') {
        // a step may be missing here
        gap = true;
        return [passed('empty')];
      }
      if (version !== null) {
        return [bad(line, 1, 'a recording of version 1', `a line of a recording of version ${version}`)];
      }
      const read = parseRecordedLine(text, line);
      if (!read.ok) {
        gap = true;
        const [problem] = read.problems;
        if (line === 1 && problem.at.path === 'version') version = problem.found;
        const field = problem.at.path === undefined ? '' : ` in ${problem.at.path}`;
        const column = columnOf(text, problem.at.path, problem.found);
        return [bad(line, column, `${problem.expected}${field}`, problem.found)];
      }
      const { value } = read;
      if (value.kind === 'header') {
        device = deviceOf(value.header);
        if (device === null)
          assumed.push(`The device ${value.header.device.id} is not in the catalogue of devices.`);
        return [passed('the header')];
      }
      if (value.kind === 'initial') return [passed('the state before the first step')];
      if (gap ? value.n < next : value.n !== next) {
        const column = columnOf(text, 'n', '');
        return [bad(line, column, `step number ${next}${gap ? ' or a later one' : ''}`, String(value.n))];
      }
      next = value.n + 1;
      gap = false;
      return [{ kind: 'read', lines: [{ ...scriptLine(value.line), traced: value.traced }] }];
    },
    end: () => ({ outcomes: [], device, assumed }),
  };
}

/** Returns the column of the field, or of the JSON error; 1 if unknown. */
function columnOf(text: string, path: string | undefined, found: string): number {
  if (path === undefined) {
    const position = / position (\d+)/.exec(found)?.[1];
    if (position !== undefined) return Math.min(Number(position), text.length) + 1;
    return /end/i.test(found) ? text.length + 1 : 1;
  }
  const names = path.split('.').filter((name) => !/^\d+$/.test(name));
  let at = 0;
  for (const name of names) at = Math.max(at, text.indexOf(`"${name}"`, at));
  return at + 1;
}

function deviceOf({ device, driver, irqRemapping }: RecordingHeader): DeviceSpec | null {
  const known = DEVICES.find((one) => one.device.id === device.id);
  if (known === undefined) return null;
  return {
    ...unchangedDevice(known.name),
    msix: device.msixVectors,
    msi: device.msiVectors,
    intx: device.intx,
    generation: driver,
    noDyn: driver !== 'static' && !device.dynamicMsix,
    noRemap: !irqRemapping,
  };
}
