// The theme: light, dark or the system's. The browser's storage keeps it; an unknown value there is ignored.

import { useEffect } from 'react';

import { type App, slice } from './app.ts';
import { useSlice } from './appContext.ts';

/** The themes in the order of the button. */
const THEMES = ['system', 'light', 'dark'] as const;

/** A choice of theme. */
export type Theme = (typeof THEMES)[number];

const KEY = 'irqscope.theme';

function savedTheme({ services }: App): Theme {
  const saved = services.kept.read(KEY);
  return THEMES.find((theme) => theme === saved) ?? 'system';
}

const themeSlice = slice<{ readonly theme: Theme }>((app) => ({ theme: savedTheme(app) }));

/** Chooses the next theme. */
export function nextTheme(app: App): void {
  const { theme } = app.get(themeSlice);
  const chosen = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  app.set(themeSlice, { theme: chosen });
  app.services.kept.write(KEY, chosen);
}

/** Returns the theme and sets it on the page. */
export function useTheme(): Theme {
  const { theme } = useSlice(themeSlice);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}
