// The tab "Results": a learner saves results as a file, and a teacher puts the files of a class into one table.

import { CollectResults } from './CollectResults.tsx';
import { SaveResults } from './SaveResults.tsx';
import './class.css';
import './results.css';

export function ResultsTab() {
  return (
    <article className="results" aria-label="Results">
      <SaveResults />
      <CollectResults />
    </article>
  );
}
