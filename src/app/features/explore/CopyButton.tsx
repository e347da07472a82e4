// A button that copies a text.

import { useApp } from '../../store/appContext.ts';
import { useCopied } from '../../ui/useCopied.ts';
import { copyResult } from './copy.ts';

interface CopyButtonProps {
  /** The copied thing; the button's name is `Copy {what}`. */
  readonly what: string;
  /** Returns the text when it is copied. */
  readonly text: () => string;
  /** Only `Copy` is visible, and `what` is read out. */
  readonly short?: boolean;
}

/** The button; it says for a moment that it has copied. */
export function CopyButton({ what, text, short = false }: CopyButtonProps) {
  const app = useApp();
  const [copied, setCopied] = useCopied();
  return (
    <button
      type="button"
      onClick={() => void copyResult(app, text(), what).then((done) => done && setCopied())}
    >
      {copied ? 'Copied' : 'Copy'} <span className={short ? 'hidden' : undefined}>{what}</span>
    </button>
  );
}
