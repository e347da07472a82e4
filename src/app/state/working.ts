// How far the script that is shown is worked out, and what is being opened: for the bar that tells it, and for the panes
// that show what is known.

import { create } from 'zustand';

/** What is going on. */
export interface Working {
  /** `opening`: a file is read. `replaying`: lines are worked out. `stopped`: a person has ended that. */
  readonly phase: 'idle' | 'opening' | 'replaying' | 'stopped';
  /** Lines (or steps) done, of so many; 0 where that is not known yet. */
  readonly done: number;
  readonly total: number;
  /** What is opened, for instance the name of a file. */
  readonly name: string;
  /** It has lasted so long that it is told. */
  readonly shown: boolean;
  /** Changes with everything that becomes known. */
  readonly version: number;
}

const IDLE: Working = { phase: 'idle', done: 0, total: 0, name: '', shown: false, version: 0 };

/** The store. */
export const useWorking = create<Working>()(() => IDLE);

/** What takes less time is not told. */
const PATIENCE = 300;

let opening = {};

/** A recording begins to be opened; the result says whether it is still wanted. */
export function newOpening(): () => boolean {
  const mine = {};
  opening = mine;
  return () => opening === mine;
}

/** What is being opened is no longer wanted. */
export function cancelOpening(): void {
  opening = {};
}

let timer: ReturnType<typeof setTimeout> | null = null;

/** Something long begins. */
export function beginWorking(
  phase: 'opening' | 'replaying',
  name: string,
  done: number,
  total: number,
): void {
  const { shown, phase: before } = useWorking.getState();
  // what goes on where something else ended stays on the screen
  const goesOn = shown && before !== 'idle' && before !== 'stopped';
  step({ phase, name, done, total, shown: goesOn });
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => {
    if (useWorking.getState().phase === phase) useWorking.setState({ shown: true });
  }, PATIENCE);
}

/** It has come so far. */
export function step(change: Partial<Omit<Working, 'version'>>): void {
  useWorking.setState(({ version }) => ({ ...change, version: version + 1 }));
}

/** It has ended. */
export function endWorking(phase: 'idle' | 'stopped' = 'idle'): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  step({ phase, shown: phase === 'stopped' });
}

/** Tells which part (0 to 1) of an opening is done; false once another opening, or a person, has ended this one. */
export function tellPart(isWanted: () => boolean): (part: number) => boolean {
  return (part) => {
    if (!isWanted()) return false;
    step({ done: Math.round(part * 100), total: 100 });
    return true;
  };
}
