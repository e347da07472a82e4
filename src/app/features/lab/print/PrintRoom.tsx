// Draws the lab's document while the browser prints, and removes it afterwards.

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { PrintedLab } from './PrintedLab.tsx';

/** The document, while it is printed. */
export function PrintRoom() {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // the browser lays the paper out as soon as the event is over
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    const media = typeof window.matchMedia === 'function' ? window.matchMedia('print') : null;
    const onChange = ({ matches }: MediaQueryListEvent) => (matches ? begin() : end());
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    media?.addEventListener('change', onChange);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      media?.removeEventListener('change', onChange);
    };
  }, []);
  return printing ? <PrintedLab /> : null;
}
