// The search workers of the page, which the explorer and the review share.

import { SearchWorkers } from '../workers/ask.ts';
import { local } from './app.ts';

export const searchWorkers = local(() => new SearchWorkers());
