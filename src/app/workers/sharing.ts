// The part of a search worker in a search that several workers share.

import type { Answer } from '../../explore/problem.ts';
import type { Search } from '../../explore/search.ts';
import { type Batch, type SearchHistory, SharedSearch } from '../../explore/shared.ts';
import { printScript } from '../../formats/notation/print.ts';
import type { Line } from '../../kernel/line.ts';
import { scriptLine } from '../../session/session.ts';
import type { SearchAnswer, SearchReply } from './searchMessages.ts';

/** The most memory of all workers of a shared search, if it reaches its limit of states. */
const MOST_BYTES = 2 ** 31;

/** A search on the side of its worker. */
export interface RunningSearch {
  readonly search: Search;
  /** The lines that open the eventfds. */
  readonly setUp: readonly Line[];
  /** The time at which it began, ms. */
  readonly begin: number;
}

/** Returns the whole script in notation, beginning with the lines that open the eventfds. */
export function scriptText(setUp: readonly Line[], script: readonly Line[]): string {
  return printScript({ device: null, lines: [...setUp, ...script].map(scriptLine) });
}

/** Returns the reply that ends a search. */
export function answerReply(answer: Answer, { setUp, begin }: Omit<RunningSearch, 'search'>): SearchAnswer {
  const { script, ...rest } = answer;
  const text = script === null ? null : scriptText(setUp, script);
  return { kind: 'answer', ...rest, script: text, milliseconds: performance.now() - begin };
}

/** A shared search of a worker: its place among the workers, and their number. */
interface Shared {
  readonly part: SharedSearch;
  readonly of: RunningSearch;
  readonly at: number;
  readonly workers: number;
}

/** Takes part in shared searches for a worker, in one at a time. */
export class Sharing {
  #shared: Shared | null = null;
  /** The number of workers among which the page wants to share the running search; 1 for none. */
  wanted = 1;

  /** True once the search of this worker is shared. */
  get isShared(): boolean {
    return this.#shared !== null;
  }

  /** Shares a search that ran alone among the wanted workers, or among fewer, because each has all states. */
  share(of: RunningSearch): SearchReply {
    const { space, problem, bytes } = of.search;
    const most = Math.floor(MOST_BYTES / ((problem.bounds.maxStates * bytes) / space.size));
    const workers = Math.min(this.wanted, most);
    this.wanted = 1;
    if (workers < 2) return { kind: 'history', workers: 1, history: null };
    const part = new SharedSearch(of.search, { at: 0, of: workers });
    this.#shared = { part, of, at: 0, workers };
    return { kind: 'history', workers, history: part.history() };
  }

  /** Joins a shared search as its worker number `at`. */
  join(of: RunningSearch, at: number, workers: number, history: SearchHistory): void {
    const part = new SharedSearch(of.search, { at, of: workers, history });
    this.#shared = { part, of, at, workers };
  }

  /** Tries this worker's share of the next states. */
  expand(): SearchReply {
    if (this.#shared === null) return { kind: 'wrong', what: 'no search is shared' };
    const { part } = this.#shared;
    const { progress } = part;
    return { kind: 'batch', batch: part.expand(), progress };
  }

  /** Adds the states of all workers; then answers, leaves, or tries the next share. */
  round(batches: readonly Batch[]): SearchReply {
    if (this.#shared === null) return { kind: 'wrong', what: 'no search is shared' };
    const { part, of, at, workers } = this.#shared;
    const answer = part.merge(batches);
    if (answer === null) return this.expand();
    this.#shared = null;
    // all workers have as much memory
    return at === 0 ? answerReply({ ...answer, bytes: answer.bytes * workers }, of) : { kind: 'left' };
  }
}
