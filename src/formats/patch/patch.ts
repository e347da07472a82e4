// A unified diff of vfio_pci_intrs.c, as data. parse.ts reads it.

/** The file that a patch must touch, and the name by which it is recognised. */
export const INTRS_FILE = 'drivers/vfio/pci/vfio_pci_intrs.c';

/** One line of a hunk. */
export interface PatchLine {
  readonly kind: 'context' | 'added' | 'removed';
  /** Without its sign. */
  readonly text: string;
  /** Its number in the old and in the new version; null where the version does not have it. */
  readonly old: number | null;
  readonly new: number | null;
}

/** A hunk: lines of the file in the old and the new version. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** The text behind the second `@@`; empty without one. */
  readonly section: string;
  readonly lines: readonly PatchLine[];
  /** The functions with an added or removed line, each once, in their order. */
  readonly functions: readonly string[];
  /** True for an added or removed line outside of every function. */
  readonly outside: boolean;
  /** The line of the text with its `@@`, from 1. */
  readonly line: number;
}

/** A file of the diff. */
export interface PatchFile {
  /** Without `a/` and `b/`; `/dev/null` for a file that does not exist. */
  readonly oldPath: string;
  readonly newPath: string;
  readonly hunks: readonly Hunk[];
}

/** The header of a mail with a patch; null for a part that the text does not have. */
export interface PatchMail {
  readonly subject: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

/** A patch that touches vfio_pci_intrs.c. */
export interface Patch {
  /** Null for a diff without a mail around it. */
  readonly mail: PatchMail | null;
  /** The file vfio_pci_intrs.c. */
  readonly file: PatchFile;
  /** The paths of the other files. */
  readonly others: readonly string[];
  /** What was removed before reading, one sentence each. */
  readonly removed: readonly string[];
}

/** Returns true for the path of the accepted file, in a kernel tree or alone. */
export function isIntrsFile(path: string): boolean {
  return /(^|\/)vfio_pci_intrs\.c(\.\w+|~)?$/.test(path);
}
