// The focus of the open lesson.

/** Focuses the heading of a step and brings the panel into view; each step has a heading of its own. */
export function comeIntoView(heading: HTMLHeadingElement | null): void {
  heading?.focus({ preventScroll: true });
  heading?.closest('section')?.scrollIntoView?.({ block: 'nearest' });
}
