// The common parts of both C programs: their description, the variables they need, the descriptors they close first.

import { type GenerationId, isProposal } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import { isWhatIf } from '../../kernel/generations/policies.ts';
import type { Session } from '../../session/session.ts';
import { folded } from '../folded.ts';
import type { CCall } from './calls.ts';
import type { Plan, PlannedLine } from './plan.ts';
import type { Presumed } from './presumed.ts';
import { presumedAbout } from './presumedText.ts';
import type { OwnDescriptors } from './runtime.ts';

/** Returns the comment at the top of a program; `title` is its first sentence. */
export function about(session: Session, plan: Plan, presumed: Presumed, title: string): readonly string[] {
  const { setup, generation: id } = session;
  const { label, policy } = generation(id);
  const { msix, msi } = setup.device;
  const vectors = [
    `${msix?.vectors ?? 0} MSI-X vectors`,
    ...(msi === null ? [] : [`${msi.vectors} MSI vectors`]),
    setup.device.intx ? 'a pin' : 'no pin',
  ];
  return [
    title,
    `Device: ${setup.device.model} (${setup.device.id}), ${vectors.join(', ')}.`,
    `Expected results: those of the irqscope model for ${label}: ${policy}`,
    ...(isProposal(id) ? [`${noKernelHas(label, id)}, and a real kernel can return other results.`] : []),
    ...(plan.events === 0
      ? []
      : [
          `Left out: ${plan.events === 1 ? 'one action' : `${plan.events} actions`} of the device. The expected results are those of the kernel without such actions.`,
        ]),
    ...(plan.faults === 0
      ? []
      : [
          `Left out: ${plan.faults === 1 ? 'one injected fault' : `${plan.faults} injected faults`}. The expected results are those of the kernel without injected faults.`,
        ]),
    '',
    ...presumedAbout(presumed),
  ];
}

/** Returns that no kernel has a proposal or a what-if kernel, as a clause. */
export function noKernelHas(name: string, id: GenerationId): string {
  const origin = isWhatIf(id) ? 'it is assembled from policies' : 'the debate of 2023 only names it';
  return `No kernel has ${name}: ${origin}`;
}

const VARIABLES = {
  value: 'uint64_t value;',
  config_value: 'uint32_t config_value;',
  irq_info: 'struct vfio_irq_info irq_info;',
  device_info: 'struct vfio_device_info device_info;',
} as const;

/** Returns the declarations of the variables that the calls use. */
export function variableText(calls: readonly (CCall | null)[]): readonly string[] {
  const used = new Set(calls.flatMap((call) => call?.variables ?? []));
  return [...used].map((name) => `\t${VARIABLES[name]}`);
}

/** Returns code that closes the descriptors which the script assumes closed. */
export function closingText(fds: readonly number[]): readonly string[] {
  if (fds.length === 0) return [];
  const wrapped = folded(fds.join(', '), 72).map((text) => `\t\t${text}`);
  return [
    '\t/* every descriptor in the script stays closed until the script opens it */',
    `\tstatic const int named[] = {\n${wrapped.join('\n')}\n\t};`,
  ];
}

/** Returns the highest descriptor that is opened, plus one. */
export function roomFor(own: OwnDescriptors, lines: readonly PlannedLine[]): number {
  let highest = Math.max(own.report, own.device, own.group, own.container, ...own.more);
  for (const planned of lines)
    if (planned.kind === 'call' && (planned.op.op === 'eventfd' || planned.op.op === 'file'))
      highest = Math.max(highest, planned.op.fd);
  return highest + 1;
}
