// What the build puts into the page beside Vite's own.

interface ImportMetaEnv {
  /** For instance `1.0.0`. */
  readonly IRQSCOPE_VERSION: string;
}
