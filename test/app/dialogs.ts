// jsdom has dialog elements, but they neither open nor close.

/** Makes dialogs open and close as the browser does, without the top layer. */
export function letDialogsOpen(): void {
  HTMLDialogElement.prototype.showModal ??= function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}
