/** While an input method composes, Enter chooses a word and the arrows go through those that it offers. 229 is how older engines say so. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
