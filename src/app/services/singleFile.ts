// The page as a single file (build/singleFile.ts).

/** Returns the embedded files of a single-file page. */
export function embeddedFiles(): NodeListOf<HTMLScriptElement> {
  return document.querySelectorAll<HTMLScriptElement>('script[data-file]');
}

/** Returns true if the page is a single file. */
export function isSingleFile(): boolean {
  return embeddedFiles().length > 0;
}
