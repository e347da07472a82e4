// The lanes offered in the menu.

import { GENERATIONS } from '../../kernel/generations/index.ts';
import { PRESETS } from '../../kernel/presets.ts';
import { releaseFactsOf } from '../../machine/host.ts';
import type { OpenedRecording } from '../../recordings/opened.ts';
import { branches } from '../../session/branches.ts';
import type { History } from '../../session/history.ts';
import { currentSession } from '../../session/history.ts';
import { kernelLane, type Lane } from '../../session/lanes.ts';
import { counted } from '../../text/numbers.ts';

/** A lane with its texts in the menu. */
export interface LaneChoice {
  readonly name: string;
  readonly about: string;
  readonly lane: Lane;
}

/** Choices of one kind. */
export interface LaneChoices {
  readonly title: string;
  readonly choices: readonly LaneChoice[];
}

/** Returns every available lane: generations, kernels, other hosts, branches, the open recording. */
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
      title: 'Kernels',
      choices: GENERATIONS.map(({ id, label, policy }) => ({
        name: label,
        about: policy,
        lane: kernelLane(id),
      })),
    },
    {
      title: 'Releases and patches',
      choices: PRESETS.map(({ label, about, generation: id, host: facts }) => ({
        name: label,
        about,
        lane: kernelLane(id, releaseFactsOf(facts)),
      })),
    },
    {
      title: `${now} on another host`,
      choices: [
        setup.host.canAllocDyn
          ? host('NORESIZE host', 'The irq domain cannot add vectors later.', { canAllocDyn: false })
          : host('Dynamic host', 'The irq domain can add vectors later.', { canAllocDyn: true }),
        ...[1, 2, 4].map((irqs) =>
          host(`${irqs} irq${irqs === 1 ? '' : 's'} available`, 'A host with a limit on allocation.', {
            irqPool: irqs,
          }),
        ),
        ...[2, 4].map((vectors) =>
          host(`${vectors} CPU vectors`, 'A host with a limit on request_irq, as on x86.', {
            cpuVectors: vectors,
          }),
        ),
        setup.host.irqRemapping
          ? host('No interrupt remapping', 'Messages contain CPU vectors, and MSI gets one.', {
              irqRemapping: false,
            })
          : host('Interrupt remapping', 'Messages refer to entries of the IOMMU’s table.', {
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
