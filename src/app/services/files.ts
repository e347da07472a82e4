// Saves files to the person's disk.

/** Milliseconds after which a started download no longer needs its URL. */
const DOWNLOADED = 60_000;

/** Downloads a text, the parts of a text or bytes under that file name. */
export function saveFile(name: string, content: string | readonly string[] | Blob): void {
  const blob =
    content instanceof Blob
      ? content
      : new Blob(typeof content === 'string' ? [content] : [...content], { type: 'text/plain' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOADED);
}
