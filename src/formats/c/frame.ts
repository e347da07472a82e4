// What both programs in C say in the same way: of what they are, which variables they need, which descriptors they close first.

import { generation } from '../../kernel/generations/index.ts';
import type { Session } from '../../session/session.ts';
import { folded } from '../folded.ts';
import type { CCall } from './calls.ts';
import type { Plan, PlannedLine } from './plan.ts';
import type { OwnDescriptors } from './runtime.ts';

/** What is said of a program at its top; `title` is its first sentence. */
export function about(session: Session, plan: Plan, title: string): readonly string[] {
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
    `Device: ${setup.device.model} (${setup.device.id}), ${vectors.join(', ')}; a device that has others answers otherwise.`,
    `Expected are the results of the model of irqscope for ${label}: ${policy}`,
    ...(plan.events === 0
      ? []
      : [
          `Left out: ${plan.events === 1 ? 'one thing' : `${plan.events} things`} that the device does by itself. Expected is what the kernel answers without it.`,
        ]),
    ...(plan.faults === 0
      ? []
      : [
          `Left out: ${plan.faults === 1 ? 'one injected fault' : `${plan.faults} injected faults`}. Expected is what the kernel answers when nothing fails by itself.`,
        ]),
  ];
}

const VARIABLES = {
  value: 'uint64_t value;',
  config_value: 'uint32_t config_value;',
  irq_info: 'struct vfio_irq_info irq_info;',
  device_info: 'struct vfio_device_info device_info;',
} as const;

/** The declarations that some calls need. */
export function variableText(calls: readonly (CCall | null)[]): readonly string[] {
  const used = new Set(calls.flatMap((call) => call?.variables ?? []));
  return [...used].map((name) => `\t${VARIABLES[name]}`);
}

/** Closes what the script believes closed; `fds` are the numbers that it names. */
export function closingText(fds: readonly number[]): readonly string[] {
  if (fds.length === 0) return [];
  const wrapped = folded(fds.join(', '), 72).map((text) => `\t\t${text}`);
  return [
    '\t/* what the script names is closed until the script opens it */',
    `\tstatic const int named[] = {\n${wrapped.join('\n')}\n\t};`,
  ];
}

/** The highest number of a descriptor that is opened, and one more. */
export function roomFor(own: OwnDescriptors, lines: readonly PlannedLine[]): number {
  let highest = Math.max(own.report, own.device, own.group, own.container);
  for (const planned of lines)
    if (planned.kind === 'call' && (planned.op.op === 'eventfd' || planned.op.op === 'file'))
      highest = Math.max(highest, planned.op.fd);
  return highest + 1;
}
