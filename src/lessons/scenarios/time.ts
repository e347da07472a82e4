// Scenarios of interrupts at an unfortunate moment, and of limits outside the model (T1 to T7).

import type { Told } from './scenario.ts';

/** The scenarios; index.ts sorts them. */
export const TIME_SCENARIOS: readonly Told[] = [
  {
    id: 'T1',
    title: 'Lost while growing',
    client: 'guest that enables queues one by one',
    look: 'The device raises an interrupt between the disable and the enable: it is lost, and the guest gets no error. Growing in place has no such window.',
    source:
      'Thomas Gleixner, 2021, <87wnqkay7o.ffs@nanos.tec.linutronix.de>; recording bad-first-on-enable, step 4',
    script: `
      device e1000e
      set_irqs msix trigger eventfd 0 [10]
      disable msix
      raise 0 <
      set_irqs msix trigger eventfd 0 [10 11]`,
    compare: ['static', 'dynamic'],
  },
  {
    id: 'T2',
    title: 'Raised while the eventfd is swapped',
    client: 'guest that changes affinity often',
    look: 'The script splits a swap into detach and attach: MSI-X keeps the interrupt pending and delivers it to the new eventfd. MSI without mask bits loses it.',
    source:
      '"[PATCH v6 0/3]", Ben Luo, 2019, <cover.1567394624.git.luoben@linux.alibaba.com>; recording deassign-reassign, steps 5 and 6',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [-1]
      raise 0 <
      set_irqs msix trigger eventfd 0 [11]`,
    compare: ['static', 'v2', 'dynamic'],
  },
  {
    id: 'T3',
    title: 'A guest that masks at every interrupt',
    client: 'QEMU',
    look: 'Four ioctls for two interrupts; each swap calls free_irq() and request_irq(). The mail reports latencies of 1.5 to 2 ms.',
    source: '"[PATCH] vfio: avoid SET_ACTION_TRIGGER ioctls", Roman Kapl, 2020',
    script: `
      set_irqs msix trigger eventfd 0 [40]
      raise 0
      set_irqs msix trigger eventfd 0 [30] <
      set_irqs msix trigger eventfd 0 [40]
      raise 0
      set_irqs msix trigger eventfd 0 [30]
      set_irqs msix trigger eventfd 0 [40]`,
    compare: ['dynamic'],
    missing: 'time; the model counts ioctls.',
  },
  {
    id: 'T4',
    title: 'A masked interrupt lost by order',
    client: 'Cloud Hypervisor',
    look: 'VFIO signals the eventfd, but the KVM route that turns the signal into a guest interrupt is already removed.',
    source: 'cloud-hypervisor PR #795',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      raise 0 <`,
    compare: ['dynamic'],
    missing: 'KVM routes; the model ends at the eventfd.',
  },
  {
    id: 'T5',
    title: 'Masked but pending',
    client: 'Cloud Hypervisor, libvfio-user',
    look: 'Two interrupts of a masked entry set one pending bit, which is delivered as one interrupt when the vector is attached.',
    source:
      'cloud-hypervisor #7813, #7781; libvfio-user #806, #807; recording deassign-reassign, steps 5 and 6',
    script: `
      set_irqs msix trigger eventfd 0 [-1]
      raise 0
      raise 0
      set_irqs msix trigger eventfd 0 [10] <`,
    compare: ['dynamic'],
  },
  {
    id: 'T6',
    title: 'KVM routes for unused vectors',
    client: 'Cloud Hypervisor',
    look: 'Attaching a whole table at once needs one KVM route per vector, and all devices of a guest share 4,096. A later version creates a route when a vector is used.',
    source: 'cloud-hypervisor PR #7940',
    script: 'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17] <',
    compare: ['dynamic'],
    missing: 'KVM routes; the model ends at the eventfd.',
  },
  {
    id: 'T7',
    title: 'A transport that cannot carry −1',
    client: 'libvfio-user',
    look: 'The transport passes descriptors as SCM_RIGHTS, which has no −1, so a block with holes becomes one message per vector: three ioctls instead of one.',
    source: 'libvfio-user PR #386, #359, #364, #388',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 2 [12] <
      set_irqs msix trigger eventfd 4 [14]`,
    missing: 'the transport; the model has only the resulting ioctls.',
  },
];
