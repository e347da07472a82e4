// Keys as written in the table of commands (`Ctrl+Shift+KeyZ`): by their place on the keyboard, which is the same in every
// layout.

/** The browser's description of a pressed key. */
export interface PressedKey {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True if the key was pressed with exactly these modifiers; Ctrl is ⌘ on a Mac. */
export function isPressed(key: string, pressed: PressedKey): boolean {
  const parts = key.split('+');
  return (
    parts.at(-1) === pressed.code &&
    parts.includes('Ctrl') === (pressed.ctrlKey || pressed.metaKey) &&
    parts.includes('Shift') === pressed.shiftKey &&
    parts.includes('Alt') === pressed.altKey
  );
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Slash: '/',
  Equal: '+',
  Minus: '−',
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num −',
  Numpad0: 'Num 0',
  Enter: 'Enter',
};

/** Returns the key in words for people, for instance `Ctrl Shift Z`. */
export function keyText(key: string): string {
  if (key === 'Shift+Slash') return '?';
  return key
    .split('+')
    .map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join(' ');
}

/** Names in `aria-keyshortcuts`, which has words for its separators. */
const ARIA: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  Slash: '/',
  Equal: 'Plus',
  Minus: '-',
  NumpadAdd: 'Plus',
  NumpadSubtract: '-',
  Numpad0: '0',
};

/** Returns the key for `aria-keyshortcuts`, for instance `Control+Shift+Z`. */
export function ariaKey(key: string): string {
  return key
    .split('+')
    .map((part) => ARIA[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+');
}

/** True for a key that types a letter, a digit or a sign in a text field. */
export function isCharacter(key: string): boolean {
  return /^(Shift\+)?(Key|Digit|Slash|Equal|Minus|Numpad)/.test(key);
}
