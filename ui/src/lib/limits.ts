/** Bounds that the page checks so that it can say so kindly. A test compares them with `crates/protocol/src/limits.rs`. */
export const TEXT_CHARS_MAX = 16_000;
export const USERNAME_CHARS_MAX = 32;
export const NAME_CHARS_MAX = 64;
export const CONVERSATION_NAME_CHARS_MAX = 128;
export const TOPIC_CHARS_MAX = 512;
export const PASSWORD_CHARS_MIN = 10;
export const PASSWORD_CHARS_FLOOR = 6;
export const EMAIL_BYTES_MAX = 254;
export const DEVICE_NAME_CHARS_MAX = 64;
export const COLLECTION_NAME_CHARS_MAX = 64;
export const STATUS_CHARS_MAX = 140;
export const ABOUT_CHARS_MAX = 500;
export const PICTURE_LARGE_PX = 512;
export const NOTE_CHARS_MAX = 300;
export const QUERY_CHARS_MAX = 200;
export const FORWARDS_MAX = 20;
export const KEYWORDS_MAX = 50;
export const KEYWORD_CHARS_MAX = 64;
export const SCHEDULE_MS_MIN = 10_000;
export const UNREAD_SHOWN_MAX = 1_000;
/** Until it is said otherwise: the last moment that a date can be. */
export const FOR_EVER = 8_640_000_000_000_000;
export const IDLE_MS = 300_000;

/** Characters as the server counts them: Unicode scalar values. */
export function charCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
