// Moves the focus into a pane.

/** Each pane with selectors of its focus target; the first match gets the focus. `tab`: the pane's name on a narrow screen. */
const PANES = {
  compose: {
    tab: 'Compose',
    at: '.composer input:checked, .composer .text-row input',
  },
  typed: { tab: 'Compose', at: '.command-line input' },
  more: { tab: 'Compose', at: '.composer-more' },
  raw: { tab: 'Compose', at: '.raw-fields input' },
  bytes: { tab: 'Compose', at: '.operations-bytes button' },
  faults: { tab: 'Compose', at: '.operations-faults select' },
  raises: { tab: 'Compose', at: '.operations-raises input' },
  eventfds: { tab: 'Compose', at: '.operations-eventfds input' },
  device: { tab: 'Compose', at: '.operations-device button' },
  client: { tab: 'Compose', at: '.client-choice select' },
  script: { tab: 'Script', at: '.script [role="listbox"]' },
  wiring: { tab: null, at: '.wiring-rows' },
  trace: { tab: 'Trace', at: '.trace [role="tree"], .trace [tabindex="0"]' },
  timeline: { tab: 'Timeline', at: '.timeline [role="grid"], .timeline-scroll, .timeline button:enabled' },
  search: { tab: 'Timeline', at: '.search-field' },
} as const;

/** A pane that a key focuses. */
export type PaneName = keyof typeof PANES;

/**
 * Focuses a pane: at once, so that the next key already reaches it, and again after the changes of the command are drawn. On a
 * narrow screen it opens the pane's tab first.
 */
export function focusPane(name: PaneName): void {
  const { tab, at } = PANES[name];
  if (tab !== null) showTab(tab);
  target(at)?.focus();
  const { activeElement: first } = document;
  setTimeout(() => {
    // a key pressed meanwhile may have moved the focus: it stays there
    const { activeElement: now, body } = document;
    if (now !== first && now !== body) return;
    const found = target(at);
    found?.focus();
    // a collapsed pane: shell/panes/ shows it
    if (document.activeElement !== found) found?.dispatchEvent(new Event('wanted', { bubbles: true }));
  }, 0);
}

/** Chooses the tab of a narrow screen. */
export function showTab(tab: string): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.tabs button')) {
    if (button.textContent === tab) button.click();
  }
}

/** Returns the first match of the first selector that has one. */
function target(at: string): HTMLElement | null {
  for (const selector of at.split(', ')) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found !== null) return found;
  }
  return null;
}
