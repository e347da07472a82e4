// The text that a person has selected with the mouse.

/** Returns true while text of the page is selected: a click then ends a selection by mouse, and Ctrl C copies that text. */
export function hasSelectedText(): boolean {
  return window.getSelection()?.isCollapsed === false;
}
