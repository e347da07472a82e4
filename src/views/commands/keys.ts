// Keys as the table of commands writes them (`Ctrl+Shift+KeyZ`): by their place on the keyboard, so that they hold for
// every layout.

/** A key that was pressed, as the browser tells it. */
export interface PressedKey {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True where the key with exactly these modifiers was pressed; Ctrl is ⌘ on a Mac. */
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

/** The key as a person reads it, for instance `Ctrl Shift Z`. */
export function keyText(key: string): string {
  if (key === 'Shift+Slash') return '?';
  return key
    .split('+')
    .map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join(' ');
}

/** As `aria-keyshortcuts` names them; it has words for what would be a separator. */
const ARIA: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  Slash: '/',
  Equal: 'Plus',
  Minus: '-',
  NumpadAdd: 'Plus',
  NumpadSubtract: '-',
  Numpad0: '0',
};

/** The key as `aria-keyshortcuts` wants it, for instance `Control+Shift+Z`. */
export function ariaKey(key: string): string {
  return key
    .split('+')
    .map((part) => ARIA[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+');
}

/** True for a key that types a letter, a digit or a sign where text can be typed. */
export function isCharacter(key: string): boolean {
  return /^(Shift\+)?(Key|Digit|Slash|Equal|Minus|Numpad)/.test(key);
}
