// Choosing the kernel, the device, and a recording to look at.

import { GENERATIONS } from '../../kernel/generations/index.ts';
import { PRESETS } from '../../kernel/presets.ts';
import { DEVICES } from '../../machine/devices.ts';
import type { Host } from '../../machine/host.ts';
import { chooseGeneration, chooseSetup } from '../../session/edits.ts';
import { currentSession } from '../../session/history.ts';
import { setupOf } from '../../session/session.ts';
import { BUILT_IN, openBuiltIn, openFile } from '../state/builtIn.ts';
import { backToRecording, closeRecording, edit, showProblem, useLab } from '../state/lab.ts';
import type { Command } from './command.ts';

const section = 'Kernel and device' as const;
const isOpened = () => useLab.getState().opened !== null;

function hostCommand(id: string, title: string, change: (host: Host) => Partial<Host>): Command {
  return {
    id: `host.${id}`,
    section,
    title,
    run: () =>
      edit(title, (now) => {
        const { host } = now.setup;
        return chooseSetup(now, { ...now.setup, host: { ...host, ...change(host) } });
      }),
  };
}

/** Generations, kernels, devices, facts of the host, recordings. */
export const KERNELS: readonly Command[] = [
  ...GENERATIONS.map(({ id, label }, at) => ({
    id: `generation.${id}`,
    section,
    title: `Run under ${label}`,
    keys: [`Digit${at + 1}`],
    enabled: () => currentSession(useLab.getState().history).generation !== id,
    run: () => edit(`run under ${label}`, (now) => chooseGeneration(now, id)),
  })),
  ...PRESETS.map(({ id, label, generation, host: { intx, errReq } }) => ({
    id: `kernel.${id}`,
    section,
    title: `Kernel ${label}`,
    run: () =>
      edit(label, (now) => ({
        ...chooseSetup(now, { ...now.setup, host: { ...now.setup.host, intx, errReq } }),
        generation,
      })),
  })),
  ...DEVICES.map(({ name }) => ({
    id: `device.${name}`,
    section,
    title: `Device ${name}`,
    run: () => edit(`device ${name}`, (now) => chooseSetup(now, setupOf(name, now.setup.host))),
  })),
  hostCommand('dynamic', 'Dynamic allocation on or off', ({ canAllocDyn }) => ({
    canAllocDyn: !canAllocDyn,
  })),
  hostCommand('remapping', 'Interrupt remapping on or off', ({ irqRemapping }) => ({
    irqRemapping: !irqRemapping,
  })),
  hostCommand('intx', 'INTx keeps its irq: on or off', ({ intx }) => ({
    intx: intx === 'legacy' ? 'persistent' : 'legacy',
  })),
  { id: 'recording.file', section, title: 'Open a recording from a file', keys: ['KeyO'], run: chooseFile },
  ...BUILT_IN.map((recording) => ({
    id: `recording.${recording.file}`,
    section,
    title: `Open recording: ${recording.about} (${recording.kernel})`,
    run: () => void openBuiltIn(recording),
  })),
  { id: 'recording.back', section, title: 'Back to the recording', enabled: isOpened, run: backToRecording },
  { id: 'recording.close', section, title: 'Close the recording', enabled: isOpened, run: closeRecording },
  {
    id: 'problem.close',
    section,
    title: 'Close the message',
    enabled: () => useLab.getState().problem !== null,
    run: () => showProblem(null),
  },
];

function chooseFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) void openFile(file);
  });
  input.click();
}
