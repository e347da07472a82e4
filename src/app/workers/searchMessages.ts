// The messages between the page and the search worker. Both are parts of one build, so neither checks the type of a message.

import type { Answer, Progress } from '../../explore/problem.ts';
import type { Review, ReviewProgress } from '../../explore/review/review.ts';
import type { Batch, SearchHistory } from '../../explore/shared.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { SearchSetup } from '../../session/search.ts';
import type { GraphOp } from '../../views/explore/fold.ts';

/** A message from the page to the worker. */
export type SearchRequest =
  | { readonly kind: 'search'; readonly setup: SearchSetup }
  /** Asks a further worker whether it can run. */
  | { readonly kind: 'ready' }
  /** Asks the worker of a running search to share it among so many workers. */
  | { readonly kind: 'share'; readonly workers: number }
  /** Joins a shared search as worker `at` of `of`. */
  | {
      readonly kind: 'join';
      readonly setup: SearchSetup;
      readonly at: number;
      readonly of: number;
      readonly history: SearchHistory;
    }
  /** Continues a shared search with the states of all its workers. */
  | { readonly kind: 'round'; readonly batches: readonly Batch[] }
  | {
      readonly kind: 'graph';
      readonly setup: SearchSetup;
      readonly generation: GenerationId;
      /** Largest number of states that the page draws. */
      readonly most: number;
    }
  /** `a` and `b`: ids of named kernels or generations. */
  | { readonly kind: 'review'; readonly a: string; readonly b: string };

/** Progress of a search. */
export interface SearchProgress extends Progress {
  readonly kind: 'progress';
  /** Time since the search began. */
  readonly milliseconds: number;
}

/** The end of a search. */
export interface SearchAnswer extends Omit<Answer, 'script'> {
  readonly kind: 'answer';
  readonly milliseconds: number;
  /** The script in notation, including the lines that open the eventfds. */
  readonly script: string | null;
}

/** The states of a small space. */
export interface StateGraph {
  readonly kind: 'graph';
  readonly nodes: readonly {
    readonly id: number;
    readonly depth: number;
    /** The enabled mode. */
    readonly enabled: 'msix' | 'msi' | 'intx' | null;
    /** While INTx is enabled: the descriptors of its eventfds, and whether the driver masks it. */
    readonly intx: {
      readonly fd: number | null;
      readonly unmask: number | null;
      readonly masked: boolean;
    } | null;
    readonly pinAsserted: boolean;
    /** One cell per vector. */
    readonly cells: readonly {
      readonly state: 'empty' | 'cached' | 'attached';
      /** The descriptor of the eventfd while attached. */
      readonly fd: number | null;
      readonly pending: boolean;
    }[];
    /** A shortest script to the state, in notation. */
    readonly script: string;
    /** Operations that leave the state as it is, each with its result. */
    readonly stays: readonly GraphOp[];
  }[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    /** Operations between the two states, in notation, each with its result. */
    readonly ops: readonly GraphOp[];
  }[];
}

/** A message from the worker to the page. */
export type SearchReply =
  | SearchProgress
  | SearchAnswer
  /** A further worker can run. */
  | { readonly kind: 'ready' }
  /** A shared search: its states so far, for the workers that join it. `workers` is their number with the first; 1 if none may join. */
  | { readonly kind: 'history'; readonly workers: number; readonly history: SearchHistory | null }
  /** The states that a worker found in a round. */
  | { readonly kind: 'batch'; readonly batch: Batch; readonly progress: Progress }
  /** The end of a shared search, for the workers that have joined it. */
  | { readonly kind: 'left' }
  | StateGraph
  /** `more`: the count reached its own limit. */
  | (ReviewProgress & { readonly kind: 'reviewing' })
  | { readonly kind: 'review'; readonly review: Review }
  | { readonly kind: 'too-many'; readonly states: number; readonly more: boolean }
  | { readonly kind: 'wrong'; readonly what: string };
