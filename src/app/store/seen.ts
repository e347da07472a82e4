// The checks and outcomes that recordings contain (seen.json), loaded once.

import { useEffect, useState } from 'react';
import { parseSeen, type SeenFile } from '../../formats/trust/seen.ts';
import { shippedFile } from '../services/shipped.ts';
import { type App, local } from './app.ts';
import { useApp } from './appContext.ts';

/** The loaded file. */
const held = local<{ file: SeenFile | null }>(() => ({ file: null }));

async function loadSeen(app: App): Promise<SeenFile | null> {
  const my = app.local(held);
  if (my.file !== null) return my.file;
  try {
    const parsed = parseSeen(await (await shippedFile('seen.json')).text());
    if (parsed.ok) my.file = parsed.value;
  } catch {
    // a page without the file shows no marks
  }
  return my.file;
}

/** Returns the file; null while it loads and where it is missing. */
export function useSeen(): SeenFile | null {
  const app = useApp();
  const [seen, setSeen] = useState(() => app.local(held).file);
  useEffect(() => {
    let wanted = true;
    void loadSeen(app).then((file) => {
      if (wanted) setSeen(file);
    });
    return () => {
      wanted = false;
    };
  }, [app]);
  return seen;
}
