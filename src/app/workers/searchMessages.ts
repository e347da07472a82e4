// The messages between the page and the search worker. Both are parts of one build, so neither checks the type of a message.

import type { Answer, Progress } from '../../explore/problem.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { SearchSetup } from '../../session/search.ts';

/** A message from the page to the worker. */
export type SearchRequest =
  | { readonly kind: 'search'; readonly setup: SearchSetup }
  | {
      readonly kind: 'graph';
      readonly setup: SearchSetup;
      readonly generation: GenerationId;
      /** Largest number of states that the page draws. */
      readonly most: number;
    };

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
    /** One cell per vector. */
    readonly cells: readonly {
      readonly state: 'empty' | 'cached' | 'attached';
      /** The descriptor of the eventfd while attached. */
      readonly fd: number | null;
      readonly pending: boolean;
    }[];
    /** A shortest script to the state, in notation. */
    readonly script: string;
  }[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    /** Operations between the two states, in notation, each with its result. */
    readonly ops: readonly { readonly text: string; readonly result: string; readonly failed: boolean }[];
  }[];
}

/** A message from the worker to the page. */
export type SearchReply =
  | SearchProgress
  | SearchAnswer
  | StateGraph
  /** `more`: the count reached its own limit. */
  | { readonly kind: 'too-many'; readonly states: number; readonly more: boolean }
  | { readonly kind: 'wrong'; readonly what: string };
