// Values that the build adds to Vite's own.

interface ImportMetaEnv {
  /** For instance `1.0.0`. */
  readonly IRQSCOPE_VERSION: string;
}

// The instrumented model (build/executedLines.ts): the same exports as the module itself.
declare module '*/kernel/run.ts?lines' {
  export const run: typeof import('../kernel/run.ts').run;
}
declare module '*/kernel/generations/index.ts?lines' {
  export const generation: typeof import('../kernel/generations/index.ts').generation;
}
