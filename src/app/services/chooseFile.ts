// The browser's file chooser.

/** Opens the browser's file chooser, and calls `open` with the chosen file. */
export function chooseFile(accept: string, open: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) open(file);
  });
  input.click();
}
