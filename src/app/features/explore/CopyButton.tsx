// A button that copies a text.

import { useState } from 'react';
import { useApp } from '../../store/appContext.ts';
import { copyResult } from './copy.ts';

interface CopyButtonProps {
  /** The copied thing; the button's name is `Copy {what}`. */
  readonly what: string;
  /** Returns the text when it is copied. */
  readonly text: () => string;
  /** Only `Copy` is visible, and `what` is read out. */
  readonly short?: boolean;
}

/** The button; it says that it has copied until the focus leaves it. */
export function CopyButton({ what, text, short = false }: CopyButtonProps) {
  const app = useApp();
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      onClick={() => void copyResult(app, text(), what).then(setCopied)}
      onBlur={() => setCopied(false)}
    >
      {copied ? 'Copied' : 'Copy'} <span className={short ? 'hidden' : undefined}>{what}</span>
    </button>
  );
}
