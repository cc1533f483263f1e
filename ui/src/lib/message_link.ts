/** Links to messages: how they are written and known. Where one leads, Rust finds out. */
import type { Server } from './backend';

/** Without asking anybody: the system lets a text be copied only in the moment of the press. */
export function linkTo(server: Server, conversation: string, message: string): string {
  // The fingerprint of a server that made its certificate itself.
  const at = server.connect_link.indexOf('#');
  const print = at < 0 ? '' : server.connect_link.slice(at);
  return `hearth://message/${server.address}/${conversation}/${message}${print}`;
}

export function isMessageLink(text: string): boolean {
  return text.trim().startsWith('hearth://message/');
}
