// A page: one store, whose slices the panes show, and local values, which no pane shows (timers, workers, caches). Every function
// that reads or changes the page takes the app as its first argument, so two pages in one process share nothing.

import { createStore } from 'zustand';
import type { Services } from '../services/services.ts';

/** A part of the page's state that panes show. `first` makes its value when it is first used. */
export interface Slice<T extends object> {
  readonly first: (app: App) => T;
}

/** Values of an app that no pane shows: timers, workers, caches. `first` makes them when they are first used. */
export interface Local<T extends object> {
  readonly first: (app: App) => T;
}

/** A change of a slice: the changed properties, or a function from the present value to them. */
type Change<T> = Partial<T> | ((now: T) => Partial<T>);

/** One page. */
export interface App {
  readonly services: Services;
  /** Returns the value of a slice. */
  readonly get: <T extends object>(slice: Slice<T>) => T;
  /** Changes properties of a slice, and calls the listeners if one gets another value. */
  readonly set: <T extends object>(slice: Slice<T>, change: Change<T>) => void;
  /** Calls `listener` after each change of a slice, in the order of the calls of `on`; the returned function removes it. */
  readonly on: <T extends object>(slice: Slice<T>, listener: (now: T, before: T) => void) => () => void;
  /** Returns the function that subscribes React to a slice; the same one at each call. */
  readonly watch: <T extends object>(slice: Slice<T>) => (listener: () => void) => () => void;
  /** Returns the app's own object for `local`. A change of its properties calls no listener. */
  readonly local: <T extends object>(local: Local<T>) => T;
}

/** Declares a slice. */
export function slice<T extends object>(first: (app: App) => T): Slice<T> {
  return { first };
}

/** Declares values that no pane shows. */
export function local<T extends object>(first: (app: App) => T): Local<T> {
  return { first };
}

/** Adds listeners that act after a change of the page; called once. */
export type Effect = (app: App) => void;

/** Makes a page with one store, and calls `effects` in their order. A slice is added when it is first used. */
export function createApp(services: Services, effects: readonly Effect[]): App {
  const store = createStore<ReadonlyMap<object, object>>()(() => new Map());
  const firsts = new Map<object, object>();
  const locals = new Map<object, object>();
  const watches = new Map<object, (listener: () => void) => () => void>();
  const app: App = {
    services,
    get: (one) => valueFor(one, store.getState().get(one) ?? firsts.get(one), firsts, app),
    set: (one, change) => {
      const now = app.get(one);
      const made = typeof change === 'function' ? change(now) : change;
      if (changesAny(now, made))
        store.setState(new Map(store.getState()).set(one, { ...now, ...made }), true);
    },
    on: (one, listener) =>
      store.subscribe((now, before) => {
        if (now.get(one) === before.get(one)) return;
        const was = valueFor(one, before.get(one) ?? firsts.get(one), firsts, app);
        const is = valueFor(one, now.get(one) ?? firsts.get(one), firsts, app);
        if (is !== was) listener(is, was);
      }),
    watch: (one) => {
      const made = watches.get(one) ?? ((listener) => app.on(one, listener));
      watches.set(one, made);
      return made;
    },
    local: (one) => valueFor(one, locals.get(one), locals, app),
  };
  for (const effect of effects) effect(app);
  return app;
}

/** True if a change gives a property another value. */
function changesAny<T extends object>(now: T, change: Partial<T>): boolean {
  return Object.entries(change).some(([key, value]) => !Object.is(value, Reflect.get(now, key)));
}

/** Returns the value of a declaration; the first call makes it. */
function valueFor<T extends object>(
  one: Slice<T> | Local<T>,
  kept: object | undefined,
  all: Map<object, object>,
  app: App,
): T {
  // the declaration is the key, so the value under it has its type
  if (kept !== undefined) return kept as T;
  const made = one.first(app);
  all.set(one, made);
  return made;
}
