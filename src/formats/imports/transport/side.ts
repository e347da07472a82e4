// The choice among two columns of a text, or among the versions of a diff.

import type { Choices, Guess } from '../format.ts';
import { hasSides, type Side, type Travel, withSide } from './travel.ts';

const SIDES: readonly Side[] = ['left', 'right', 'both'];
const SIDE_WORDS = {
  columns: {
    left: 'the left column',
    right: 'the right column',
    both: 'the left column, then the right one',
  },
  diff: { left: 'the old version', right: 'the new version', both: 'all lines' },
} as const;

/** Returns the ways of travel with the side that a person chose. */
export function onSide(travels: readonly Travel[], choices: Choices): readonly Travel[] {
  const side = SIDES.find((one) => one === choices.get('side'));
  return side === undefined ? travels : withSide(travels, side);
}

/** Returns the choice; none for a text with one side. */
export function sideGuess(travels: readonly Travel[]): readonly Guess[] {
  const sided = travels.find((travel) => travel.kind === 'columns' || travel.kind === 'diff');
  if (sided === undefined || !hasSides(travels)) return [];
  const { kind, side } = sided;
  const text =
    kind === 'diff'
      ? `The text is a diff of two versions; irqscope reads ${SIDE_WORDS.diff[side]}.`
      : `The text has two columns side by side; irqscope reads ${SIDE_WORDS.columns[side]}.`;
  return [
    {
      id: 'side',
      text,
      options: SIDES.map((value) => ({ value, label: SIDE_WORDS[kind][value] })),
      value: side,
    },
  ];
}
