// Lessons on eventfds: their lifetime, and one eventfd for two vectors.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const EVENTFDS: readonly Lesson[] = [
  {
    id: 'counter',
    sequence: 'layers',
    title: 'An eventfd outlives its descriptor',
    about: 'An attached vector refers to the eventfd object, not to the descriptor.',
    minutes: 5,
    level: 'first',
    requires: ['three-layers'],
    learned: [
      'An attached vector holds a reference to the eventfd object, so closing the descriptor detaches nothing.',
      'The driver removes the old trigger before it looks up the new descriptor.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
set_irqs msix trigger eventfd 0 [100]`,
    steps: [
      {
        kind: 'do',
        ask: 'Leave vector 0 attached to an eventfd that no descriptor of the process refers to.',
        goal: 'attached-to-closed-fd',
        hint: 'No VFIO ioctl is needed.',
        solution: 'close 100',
        explain:
          'eventfd_ctx_fdget() took a reference when the vector was attached. Closing the descriptor drops another reference, so the object stays.',
        notes:
          'Point at the eventfd in the wiring that no descriptor names any more. Ask: which reference is left? Common wrong idea: close() detaches the vector.',
        source: 'fs/eventfd.c, eventfd_ctx_fdget(); selftests/vfio/vfio_pci_device_test.c',
      },
      {
        kind: 'predict',
        ask: 'The device raises vector 0. What happens to the interrupt?',
        run: 'raise 0',
        choices: [
          { text: 'It is delivered to the eventfd', holds: 'interrupt-delivered' },
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback:
              'The reference of eventfd_ctx_fdget() keeps the object and the handler stays installed, so vfio_msihandler() runs and calls eventfd_signal().',
          },
          {
            text: 'It stays pending',
            holds: 'interrupt-pended',
            feedback:
              'Closing the descriptor does not detach vector 0: its table entry stays unmasked, and the device sends the message at once.',
          },
        ],
        explain: 'The handler signals the eventfd object, even though no process can read it any more.',
        notes:
          'Point at eventfd_signal() in the kernel calls. Ask: can a process still read this counter? Common wrong idea: the kernel checks for a reader.',
        source: 'vfio_msihandler()',
      },
      {
        kind: 'predict',
        ask: 'The process attaches descriptor 100 again, which is now closed. What happens?',
        run: 'set_irqs msix trigger eventfd 0 [100]',
        choices: [
          {
            text: 'EBADF, and vector 0 stays attached',
            holds: 'errno EBADF and attached 0',
            feedback:
              'vfio_msi_set_vector_signal() calls free_irq() for the old trigger before eventfd_ctx_fdget() fails for descriptor 100.',
          },
          { text: 'EBADF, and vector 0 is detached', holds: 'errno EBADF and cached 0' },
          {
            text: 'The call succeeds: the object still exists',
            holds: 'not fails',
            feedback:
              'eventfd_ctx_fdget() looks up the number 100 among the open descriptors of the process, and the object that vector 0 used has no number there.',
          },
        ],
        explain:
          'vfio_msi_set_vector_signal() removes the old trigger before it looks up the new descriptor. That drops the last reference, and the kernel frees the eventfd.',
        notes:
          'Point at the order of free_irq(), eventfd_ctx_put() and eventfd_ctx_fdget(). Ask: when does the object disappear? Common wrong idea: a failing call changes nothing.',
        source: 'vfio_msi_set_vector_signal(); recording bad-attached-single',
      },
    ],
  },
  {
    id: 'one-eventfd',
    sequence: 'layers',
    title: 'One eventfd for two vectors',
    about: 'Two vectors can share an eventfd; two irq bypass producers cannot.',
    minutes: 4,
    level: 'first',
    requires: ['three-layers'],
    learned: [
      'Two vectors can share an eventfd; only the second irq bypass producer is rejected, and the driver continues.',
      'DATA_NONE with a nonzero count signals the vectors; only a count of 0 disables the index.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101`,
    steps: [
      {
        kind: 'do',
        ask: 'Attach vectors 0 and 1 to the same eventfd.',
        goal: 'one-eventfd-twice and attached 0 and attached 1',
        hint: 'The list of descriptors may contain the same descriptor twice.',
        solution: 'set_irqs msix trigger eventfd 0 [100 100]',
        best: 1,
        explain:
          'VFIO allows it. irq_bypass_register_producer() returns EBUSY for the second vector, because an eventfd identifies its producer; the driver logs this and continues.',
        notes:
          'Point at the two wires to one eventfd, and at irq_bypass_register_producer() with EBUSY. Ask: does the ioctl fail? Common wrong idea: an eventfd belongs to one vector.',
        source: 'recording same-eventfd-twice, step 2',
      },
      {
        kind: 'predict',
        ask: 'A client triggers both vectors by loopback (DATA_NONE, count 2). What happens?',
        run: 'set_irqs msix trigger none 0 2',
        choices: [
          {
            text: 'The vectors are disabled',
            holds: 'not enabled',
            feedback:
              'Only a count of 0 reaches vfio_msi_disable(); with a count of 2 vfio_pci_set_msi_trigger() signals the trigger of each vector.',
          },
          { text: 'The eventfd is signalled', holds: 'signals and enabled' },
          {
            text: 'EINVAL: an eventfd can be signalled only once',
            holds: 'errno EINVAL',
            feedback:
              'eventfd_signal() adds 1 for each vector; EBUSY concerned only the second irq bypass producer.',
          },
        ],
        explain:
          'A count of 2 triggers two vectors; only a count of 0 disables MSI-X. The counter is 2, one signal per vector.',
        notes:
          'Point at the two calls of eventfd_signal(). Ask: what is the counter afterwards? Common wrong idea: DATA_NONE always disables.',
        source: 'vfio_pci_set_msi_trigger(); openvmm PR #3778',
      },
    ],
  },
];
