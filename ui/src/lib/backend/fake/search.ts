import type { ConversationItem, SearchHit, SearchPage, SnippetPart } from '../types';
import { plainOf } from './formatted';
import { isKnown, isWhole, textOf } from './model';
import type { Conversation } from './model';

const PAGE = 40;

/** Finds messages that have every word of the query, newest first. */
export function searchIn(
  conversations: Conversation[],
  lines: ConversationItem[],
  names: Map<string, string>,
  query: string,
  after: string | null,
): SearchPage {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const hits: SearchHit[] = [];
  for (const conversation of conversations) {
    for (const message of conversation.messages) {
      const text = plainOf(textOf(message.content));
      if (!isKnown(conversation, message.pos) || !words.every((word) => text.toLowerCase().includes(word))) continue;
      hits.push({
        message: message.id,
        conversation: conversation.id,
        conversation_name: conversation.name,
        sender: message.sender,
        sender_name: names.get(message.sender) ?? '?',
        at: message.at,
        snippet: snippetOf(text, words),
      });
    }
  }
  hits.sort((a, b) => b.at - a.at);
  const from = Number(after ?? 0);
  const named = lines.filter((line) => line.name.toLowerCase().split(/\s+/).some((part) => part.startsWith(words[0] ?? '')));
  return {
    hits: hits.slice(from, from + PAGE),
    conversations: after === null ? named.slice(0, 5) : [],
    searched: conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0),
    incomplete: conversations.filter((conversation) => !isWhole(conversation)).length,
    next: from + PAGE < hits.length ? String(from + PAGE) : null,
  };
}

function snippetOf(text: string, words: string[]): SnippetPart[] {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'gi'))
    .filter(Boolean)
    .map((part) => ({ text: part, hit: words.includes(part.toLowerCase()) }));
}
