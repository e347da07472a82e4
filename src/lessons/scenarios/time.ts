// Where the device fires at the wrong moment, and what only a wider world than one device shows (scenarios T1 to T7).

import type { Told } from './scenario.ts';

/** See above. */
export const TIME_SCENARIOS: readonly Told[] = [
  {
    id: 'T1',
    title: 'Lost while growing',
    client: 'guest that brings up queues one by one',
    look: 'The device fires between the disable and the enable: the interrupt is lost, and the guest cannot know. Growing in place leaves no such window.',
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
    look: 'Taken apart into detach and attach: MSI-X keeps the interrupt pending and delivers it with the new eventfd. MSI without mask bits loses it.',
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
    look: 'Four ioctls for two interrupts; each swap is a free_irq() and a request_irq(). Latencies of 1.5 to 2 ms were reported.',
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
    missing: 'The model counts ioctls and has no clock.',
  },
  {
    id: 'T4',
    title: 'A masked interrupt lost by order',
    client: 'Cloud Hypervisor',
    look: 'The eventfd is signalled, but the KVM route that turns it into a guest interrupt is already gone. VFIO has delivered.',
    source: 'cloud-hypervisor PR #795',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      raise 0 <`,
    compare: ['dynamic'],
    missing: 'KVM routes are beyond the model, which ends at the eventfd.',
  },
  {
    id: 'T5',
    title: 'Masked but pending',
    client: 'Cloud Hypervisor, libvfio-user',
    look: 'Two interrupts of a masked entry become one pending bit, which is delivered when the vector is bound.',
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
    title: 'Routes for vectors that nobody uses',
    client: 'Cloud Hypervisor',
    look: 'A whole table attached at once needs as many KVM routes, of which there are 4,096 for all devices together; since a later version routes are made when a vector is used.',
    source: 'cloud-hypervisor PR #7940',
    script: 'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17] <',
    compare: ['dynamic'],
    missing: 'KVM routes are beyond the model, which ends at the eventfd.',
  },
  {
    id: 'T7',
    title: 'A transport that cannot carry −1',
    client: 'libvfio-user',
    look: 'Descriptors are passed as SCM_RIGHTS, which has no −1, so a block with holes becomes one message a vector: three ioctls instead of one.',
    source: 'libvfio-user PR #386, #359, #364, #388',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 2 [12] <
      set_irqs msix trigger eventfd 4 [14]`,
    missing: 'The model has the ioctls that come out of the transport, not the transport.',
  },
];
