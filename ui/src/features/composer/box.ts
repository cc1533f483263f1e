/** The box in which one writes. */

/** As high as its text, up to what the style allows. */
export function grow(box: HTMLTextAreaElement | undefined): void {
  if (!box) return;
  box.style.blockSize = 'auto';
  box.style.blockSize = `${box.scrollHeight}px`;
}

/** All of the composer is where one writes, its edges and the room beside it too: a press there goes on in the box. */
export function pressed(event: MouseEvent, box: HTMLTextAreaElement | undefined): void {
  const target = event.target as HTMLElement;
  if (event.button !== 0 || target.closest('textarea, button, [role="listbox"], [data-testid="composer-problem"]')) return;
  // Otherwise the press would take the focus away again.
  event.preventDefault();
  box?.focus();
}
