// The open descriptors of the process, for the parts of the composer.

import { useRef } from 'react';
import type { Machine } from '../../../../machine/machine.ts';
import { openDescriptors } from '../../../../text/eventfds.ts';

/** An open descriptor of the process. */
export interface OpenDescriptor {
  readonly fd: number;
  /** False for another file. */
  readonly isEventfd: boolean;
}

/** The open descriptors; the same list until a descriptor opens or closes, so that signals draw nothing again. */
export function useOpenDescriptors(machine: Machine): readonly OpenDescriptor[] {
  const kept = useRef<readonly OpenDescriptor[]>([]);
  const now = openDescriptors(machine).map(({ fd, count }) => ({ fd, isEventfd: count !== null }));
  const isSame = (one: OpenDescriptor, at: number) =>
    one.fd === kept.current[at]?.fd && one.isEventfd === kept.current[at].isEventfd;
  if (now.length !== kept.current.length || !now.every(isSame)) kept.current = now;
  return kept.current;
}
