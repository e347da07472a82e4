// The origin of the messages between a presentation and its notes window.

/** Returns the page's origin; a page opened from a file has none, and its messages go to the one window that it names. */
export function ownOrigin(): string {
  return window.location.protocol === 'file:' ? '*' : window.location.origin;
}
