// Files that are one document and no list of lines: they say in their first words what they are. To add one is to add it here.

/** A kind of document. */
interface DocumentKind {
  /** How it begins. */
  readonly begins: RegExp;
  /** Opens it; what is wrong with it is told by the one who reads it. */
  readonly open: (file: File) => Promise<void>;
}

const DOCUMENTS: readonly DocumentKind[] = [
  {
    begins: /^\s*\{\s*"irqscope"\s*:\s*"(lesson|progress)"/,
    open: async (file) => {
      const { openLessonText } = await import('./lessonFiles.ts');
      openLessonText(file.name, await file.text());
    },
  },
  {
    begins: /^\uFEFF?\s*\{\s*"irqscope"\s*:\s*"session"/,
    open: async (file) => {
      const { openSessionText } = await import('./openSession.ts');
      openSessionText(file.name, await file.text());
    },
  },
];

/** The kind of document that begins so, or null. */
export function documentOf(head: string): DocumentKind | null {
  return DOCUMENTS.find(({ begins }) => begins.test(head)) ?? null;
}
