/**
 * Opens a dialog over everything else for as long as it is on the page. `onclose`: the person has closed it. When the page takes it away
 * by itself nothing is told: what is shown next is not closed by what it takes the place of.
 */
export function modal(dialog: HTMLDialogElement, first: string, onclose: () => void): () => void {
  dialog.showModal();
  dialog.querySelector<HTMLElement>(first)?.focus();
  dialog.addEventListener('close', onclose);
  return () => {
    dialog.removeEventListener('close', onclose);
    dialog.close();
  };
}
