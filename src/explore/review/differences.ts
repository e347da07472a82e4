// What differs between two kernels after the same line, as data.

import type { Out, Run } from '../../kernel/frame.ts';
import { handlerName } from '../../machine/device.ts';
import { FIRST_FD } from '../../machine/fdNumbers.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Errno } from '../../uapi/errno.ts';
import { NOTHING_MORE } from '../describe.ts';
import { rootStep, rootVector } from '../hostView.ts';
import { vectorCode, vectorOfCode } from '../state.ts';
import { vectorsOf } from '../vectors.ts';
import type { Respect } from './conditions.ts';

/** A fact of each kernel. */
type Two<T> = readonly [T, T];

/** The result of a line. */
export interface LineResult {
  readonly ret: number;
  readonly errno: Errno | null;
}

/** One difference. */
export type ReviewDifference =
  | { readonly kind: 'result'; readonly of: Two<LineResult> }
  | { readonly kind: 'output'; readonly of: Two<Out | null> }
  /** Descriptors of the signalled eventfds, one entry for each signal. */
  | { readonly kind: 'signals'; readonly of: Two<readonly number[]> }
  /** Content of the vector's file in msi_irqs; null without a file. */
  | { readonly kind: 'msi_irqs'; readonly vector: number; readonly of: Two<'msix' | 'msi' | null> }
  /** Name of the handler in /proc/interrupts; null without a row. */
  | { readonly kind: 'interrupts'; readonly vector: number; readonly of: Two<string | null> }
  /** Vectors whose count in /proc/interrupts grows, one entry for each interrupt. */
  | { readonly kind: 'counts'; readonly of: Two<readonly number[]> }
  /** Vectors whose irq is freed and allocated again within the line. */
  | { readonly kind: 'renewed'; readonly of: Two<readonly number[]> }
  /** A sentence about the states of both kernels. */
  | { readonly kind: 'state'; readonly text: string }
  /** What became of an interrupt inside the ioctl: an outcome of one kernel that the other has at no moment. */
  | { readonly kind: 'fate'; readonly side: 0 | 1; readonly vector: number; readonly fate: Fate };

/** What became of an interrupt that the device raised inside an ioctl, when the ioctl returned. */
export type Fate =
  /** It signalled the eventfd of this descriptor. */
  | { readonly kind: 'signalled'; readonly fd: number }
  /** It is pending in the device or the irq core, or was coalesced with a pending one. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'lost' }
  /** The device could not raise it: neither MSI-X nor MSI was enabled. */
  | { readonly kind: 'refused' };

/** Returns the descriptor of an eventfd object: the lines of set-up open the objects in the order of the descriptors. */
export function fdOf(ev: number): number {
  return FIRST_FD + ev;
}

/** Returns the descriptors that a line signals, in ascending order. */
export function signalledFds({ happenings }: Pick<Run, 'happenings'>): readonly number[] {
  return happenings
    .flatMap((event) => (event.kind === 'signal' ? [fdOf(event.ev)] : []))
    .sort((a, b) => a - b);
}

function differ(a: unknown, b: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
  return text(a) !== text(b);
}

/** Returns the differences in a respect after the last line; `state` has its own sentence (describe.ts). */
export function differencesOf(
  respect: Exclude<Respect, 'state'>,
  a: Run,
  b: Run,
): readonly ReviewDifference[] {
  const all = respect === 'client' ? toClient(a, b) : toRoot(a, b);
  return all.filter((one) => !('of' in one) || differ(one.of[0], one.of[1]));
}

function toClient(a: Run, b: Run): readonly ReviewDifference[] {
  const result = ({ ret, errno }: Run): LineResult => ({ ret, errno });
  return [
    { kind: 'result', of: [result(a), result(b)] },
    { kind: 'output', of: [a.out, b.out] },
    { kind: 'signals', of: [signalledFds(a), signalledFds(b)] },
  ];
}

function toRoot(a: Run, b: Run): readonly ReviewDifference[] {
  const [inA, inB] = [rootStep(a), rootStep(b)];
  const vectors = Array.from({ length: vectorsOf(a.after) }, (_, vector) => vector);
  return [
    ...vectors.flatMap((vector): readonly ReviewDifference[] => [
      { kind: 'msi_irqs', vector, of: [vectorIn(a.after, vector).file, vectorIn(b.after, vector).file] },
      { kind: 'interrupts', vector, of: [nameIn(a.after, vector), nameIn(b.after, vector)] },
    ]),
    { kind: 'counts', of: [inA.counted, inB.counted] },
    { kind: 'renewed', of: [inA.renewed, inB.renewed] },
  ];
}

function vectorIn(machine: Machine, vector: number) {
  return rootVector(vectorOfCode(vectorCode(machine, vector, NOTHING_MORE)));
}

function nameIn(machine: Machine, vector: number): string | null {
  const { file, requested } = vectorIn(machine, vector);
  return requested ? handlerName(machine.device, file === 'msix', vector) : null;
}
