// Putting the focus into a pane.

/** The panes by what in them takes the focus; the first that is there. `tab` is the pane's name on a narrow screen. */
const PANES = {
  compose: {
    tab: 'Compose',
    at: '.client-choice select, .composer input:checked, .composer .text-row input',
  },
  typed: { tab: 'Compose', at: '.command-line input' },
  script: { tab: 'Script', at: '.script [role="listbox"]' },
  wiring: { tab: null, at: '.wiring-rows' },
  trace: { tab: 'Trace', at: '.trace [role="tree"], .trace [tabindex="0"]' },
  timeline: { tab: 'Timeline', at: '.timeline [role="grid"], .timeline-scroll, .timeline button:enabled' },
  search: { tab: 'Timeline', at: '.search-field' },
} as const;

/** Something that can be focused from the keyboard. */
export type PaneName = keyof typeof PANES;

/** Focuses a pane. On a narrow screen its tab comes to the front first. */
export function focusPane(name: PaneName): void {
  const { tab, at } = PANES[name];
  for (const button of document.querySelectorAll<HTMLButtonElement>('.tabs button')) {
    if (button.textContent === tab) button.click();
  }
  // what the command has changed is drawn first
  setTimeout(() => {
    for (const selector of at.split(', ')) {
      const found = document.querySelector<HTMLElement>(selector);
      if (found === null) continue;
      found.focus();
      return;
    }
  }, 0);
}
