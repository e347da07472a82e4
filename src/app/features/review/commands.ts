// The command of the review. The feature is loaded when it is opened.

import type { Command } from '../../store/commands.ts';

/** Reviews the kernels of the open view. */
export const REVIEWING: Command = {
  id: 'review.open',
  section: 'Compare',
  title: 'Review one kernel against another',
  run: (app) => void import('./open.ts').then(({ reviewView }) => reviewView(app)),
};
