// Light, dark, or as the system says; remembered in the browser, and anything else that is found there is ignored.

import { useEffect } from 'react';
import { create } from 'zustand';

/** The themes in the order in which the button goes through them. */
const THEMES = ['system', 'light', 'dark'] as const;

/** A choice of theme. */
export type Theme = (typeof THEMES)[number];

const KEY = 'irqscope.theme';

function savedTheme(): Theme {
  try {
    const saved = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === saved) ?? 'system';
  } catch {
    // storage can be forbidden
    return 'system';
  }
}

function saveTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // storage can be forbidden or full; the choice then lasts until the page is left
  }
}

const useThemeStore = create<{ readonly theme: Theme }>()(() => ({ theme: savedTheme() }));

/** Chooses the next theme. */
export function nextTheme(): void {
  const { theme } = useThemeStore.getState();
  const chosen = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  useThemeStore.setState({ theme: chosen });
  saveTheme(chosen);
}

/** The theme, which is put on the page. */
export function useTheme(): Theme {
  const { theme } = useThemeStore();
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}
