// jsdom knows the element of dialogs, but not that they open and close.

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
