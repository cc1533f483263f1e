/** Formatted messages: the tree that Rust made of a text. The page draws it and reads it aloud; it never reads marks itself. */
import type { Block, Content, Inline } from './backend';
import { t } from './words';

/** The words of a message, for the ear: what is hidden stays hidden. */
export function spoken(content: Content): string {
  if (content.kind !== 'text') return '';
  return content.blocks ? content.blocks.map(ofBlock).join('\n') : content.text;
}

/** The words of a part, marks and hiding left out. */
export function wordsOf(inlines: Inline[]): string {
  return inlines.map((one) => wordOf(one) ?? ('inlines' in one ? wordsOf(one.inlines) : '')).join('');
}

/** Whether who reads is named. */
export function namesMe(content: Content): boolean {
  return content.kind === 'text' && content.blocks !== undefined && content.blocks.some(isMine);
}

function isMine(block: Block): boolean {
  const inside = (inlines: Inline[]): boolean => inlines.some((one) => (one.kind === 'mention' || one.kind === 'everyone' ? one.me : 'inlines' in one && inside(one.inlines)));
  if (block.kind === 'paragraph') return inside(block.inlines);
  if (block.kind === 'quote') return block.blocks.some(isMine);
  return block.kind === 'list' && block.items.some((item) => item.some(isMine));
}

/** What has no parts. */
function wordOf(one: Inline): string | undefined {
  if (one.kind === 'mention') return `@${one.name}`;
  if (one.kind === 'channel') return `#${one.name}`;
  if (one.kind === 'everyone') return `@${t('everyone')}`;
  return one.kind === 'text' ? one.text : one.kind === 'code' ? one.code : undefined;
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return ofInlines(block.inlines);
    case 'code':
      return block.code;
    case 'quote':
      return block.blocks.map(ofBlock).join('\n');
    case 'list':
      return block.items.map((item) => item.map(ofBlock).join('\n')).join('\n');
  }
}

function ofInlines(inlines: Inline[]): string {
  return inlines
    .map((one) => {
      if (one.kind === 'spoiler') return t('spoiler-hidden');
      return wordOf(one) ?? ('inlines' in one ? ofInlines(one.inlines) : '');
    })
    .join('');
}
