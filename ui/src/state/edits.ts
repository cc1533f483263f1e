/** Texts of messages that are being edited, by message: they are there when one is back. */
export const edits = new Map<string, string>();
