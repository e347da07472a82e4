// The part of fs/eventfd.c that attached eventfds use (docs/driver.md §11).

import type { Eventfd } from '../../machine/machine.ts';
import { EAGAIN, EBADF, EINVAL } from '../../uapi/errno.ts';
import type { Kernel } from '../kernel.ts';

const ULLONG_MAX = 2n ** 64n - 1n;

/** Looks up an eventfd by descriptor and takes a reference. `ret` is 0 or a negative errno, `ev` the object's number. */
export function eventfd_ctx_fdget(k: Kernel, fd: number): { readonly ret: number; readonly ev: number } {
  let ev = -1;
  const ret = k.call('eventfd_ctx_fdget', { fd }, () => {
    const fault = k.faultErrno('eventfd_ctx_fdget');
    if (fault < 0) return fault;
    const file = k.fds.get(fd);
    if (file === undefined) return k.refuse('eventfd.closed', EBADF);
    if (file.kind !== 'eventfd') return k.refuse('eventfd.not-eventfd', EINVAL);
    ev = file.ev;
    takeReference(k, ev);
    return 0;
  });
  return { ret, ev };
}

/** Takes a reference to an eventfd object. */
export function takeReference(k: Kernel, ev: number): void {
  const eventfd = object(k, ev);
  k.eventfds = k.eventfds.set(ev, { ...eventfd, refs: eventfd.refs + 1 }, k.owner);
}

/** Drops a reference; the last one deletes the object. */
export function dropReference(k: Kernel, ev: number): void {
  const eventfd = object(k, ev);
  k.eventfds =
    eventfd.refs === 1
      ? k.eventfds.delete(ev, k.owner)
      : k.eventfds.set(ev, { ...eventfd, refs: eventfd.refs - 1 }, k.owner);
}

/** Drops the kernel's reference to an eventfd object. */
export function eventfd_ctx_put(k: Kernel, ev: number): void {
  k.callVoid('eventfd_ctx_put', { ev }, () => dropReference(k, ev));
}

/** Adds 1 to the counter, which saturates, and wakes the waiters. */
export function eventfd_signal(k: Kernel, ev: number, by: 'interrupt' | 'loopback' | 'virqfd'): void {
  k.callVoid('eventfd_signal', { ev }, () => {
    k.happened({ kind: 'signal', ev, by });
    add(k, ev, 1n);
  });
}

/**
 * write(2) of `size` bytes on a non-blocking eventfd. Returns 8 or a negative errno. Older kernels ignore the bytes after the
 * first 8.
 */
export function eventfd_write(k: Kernel, ev: number, value: bigint, size: number): number {
  if (size < 8 || (size > 8 && k.host.longEventfdWrite === 'EINVAL'))
    return k.refuse('eventfd.write-size', EINVAL);
  if (value >= ULLONG_MAX) return k.refuse('eventfd.write-max', EINVAL);
  if (object(k, ev).count + value > ULLONG_MAX - 1n) return k.refuse('eventfd.full', EAGAIN);
  add(k, ev, value);
  return 8;
}

/** read(2) of 8 bytes on a non-blocking eventfd. Returns the value, or null where read fails with EAGAIN. */
export function eventfd_read(k: Kernel, ev: number): bigint | null {
  const eventfd = object(k, ev);
  if (eventfd.count === 0n) return null;
  const value = eventfd.semaphore ? 1n : eventfd.count;
  k.eventfds = k.eventfds.set(ev, { ...eventfd, count: eventfd.count - value }, k.owner);
  return value;
}

function object(k: Kernel, ev: number): Eventfd {
  const eventfd = k.eventfds.get(ev);
  if (eventfd === undefined) throw new Error(`eventfd object ${ev} has references and does not exist`);
  return eventfd;
}

function add(k: Kernel, ev: number, value: bigint): void {
  const eventfd = object(k, ev);
  const room = ULLONG_MAX - eventfd.count;
  const count = eventfd.count + (value < room ? value : room);
  if (count !== eventfd.count) k.eventfds = k.eventfds.set(ev, { ...eventfd, count }, k.owner);
  // eventfd_write wakes waiters with EPOLLIN for every value, also for 0
  k.wakeWaiters(ev);
}
