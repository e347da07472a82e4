// The app for React.

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { App, Slice } from './app.ts';

const Context = createContext<App | null>(null);

/** Gives the components inside it their app. */
export const AppProvider = Context.Provider;

/** Returns the app of the component. */
export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error('a component outside AppProvider has no app');
  return app;
}

/** Returns a slice, or what `select` makes of it; the component is drawn again when that changes. */
export function useSlice<T extends object>(slice: Slice<T>): T;
export function useSlice<T extends object, R>(slice: Slice<T>, select: (now: T) => R): R;
export function useSlice<T extends object, R>(slice: Slice<T>, select?: (now: T) => R): T | R {
  const app = useApp();
  const read = () => (select === undefined ? app.get(slice) : select(app.get(slice)));
  return useSyncExternalStore(app.watch(slice), read, read);
}
