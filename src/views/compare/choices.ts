// The lanes that can be chosen.

import { GENERATIONS } from '../../kernel/generations/index.ts';
import { PRESETS } from '../../kernel/presets.ts';
import { branches } from '../../session/branches.ts';
import type { History } from '../../session/history.ts';
import { currentSession } from '../../session/history.ts';
import { kernelLane, type Lane } from '../../session/lanes.ts';
import type { OpenedRecording } from '../../session/opened.ts';
import { counted } from '../words/numbers.ts';

/** A lane with the words under which it is chosen. */
export interface LaneChoice {
  readonly name: string;
  readonly about: string;
  readonly lane: Lane;
}

/** Choices of one sort. */
export interface LaneChoices {
  readonly title: string;
  readonly choices: readonly LaneChoice[];
}

/** Every lane that can be had now: generations, kernels, other hosts, branches, the recording that is open. */
export function laneChoices(history: History, opened: OpenedRecording | null): readonly LaneChoices[] {
  const session = currentSession(history);
  const { generation, setup } = session;
  const now = GENERATIONS.find(({ id }) => id === generation)?.label ?? generation;
  const host = (name: string, about: string, facts: Parameters<typeof kernelLane>[1]): LaneChoice => ({
    name,
    about,
    lane: kernelLane(generation, facts),
  });
  const others = branches(history).filter(({ current }) => !current);
  const all: readonly LaneChoices[] = [
    {
      title: 'Generations',
      choices: GENERATIONS.map(({ id, label, policy }) => ({
        name: label,
        about: policy,
        lane: kernelLane(id),
      })),
    },
    {
      title: 'Kernels',
      choices: PRESETS.map(({ label, about, generation: id, host: { intx, errReq } }) => ({
        name: label,
        about,
        lane: kernelLane(id, { intx, errReq }),
      })),
    },
    {
      title: `${now} on another host`,
      choices: [
        setup.host.canAllocDyn
          ? host('NORESIZE host', 'The irq domain cannot add vectors later.', { canAllocDyn: false })
          : host('Dynamic host', 'The irq domain can add vectors later.', { canAllocDyn: true }),
        ...[1, 2, 4].map((irqs) =>
          host(`${irqs} irq${irqs === 1 ? '' : 's'} to be had`, 'A host where allocation is the limit.', {
            irqPool: irqs,
          }),
        ),
        ...[2, 4].map((vectors) =>
          host(`${vectors} CPU vectors`, 'A host where request_irq is the limit, as on x86.', {
            cpuVectors: vectors,
          }),
        ),
        setup.host.irqRemapping
          ? host('No interrupt remapping', 'Messages hold CPU vectors, and MSI gets one.', {
              irqRemapping: false,
            })
          : host('Interrupt remapping', 'Messages name entries of the IOMMU’s table.', {
              irqRemapping: true,
            }),
      ],
    },
    {
      title: 'Branches',
      choices: others.flatMap(({ tip, name, label, edits }): readonly LaneChoice[] => {
        const found = history.nodes[tip]?.session;
        if (found === undefined) return [];
        const called = name === '' ? `Branch: ${label}` : name;
        return [
          {
            name: called,
            about: `${counted(edits, 'edit')} from the start.`,
            lane: { kind: 'branch', name: called, session: found },
          },
        ];
      }),
    },
    {
      title: 'Recording',
      choices:
        opened === null
          ? []
          : [
              {
                name: opened.recording.header.name,
                about: opened.recording.header.about,
                lane: { kind: 'recording' },
              },
            ],
    },
  ];
  return all.filter(({ choices }) => choices.length > 0);
}
