/** Code in colours: pieces, never markup. This file and each language are fetched when the first code that needs them is drawn. */
import hljs from 'highlight.js/lib/core';
import type { LanguageFn } from 'highlight.js';

export type Tone = 'key' | 'str' | 'num' | 'fn' | 'note';

export interface Piece {
  text: string;
  tone: Tone | null;
}

/** Longer code stays in one colour: reading it takes longer than a frame. */
const CODE_CHARS_MAX = 8_000;

const LANGUAGES: Record<string, () => Promise<{ default: LanguageFn }>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

/** What else people call them. */
const OTHER_NAMES: Record<string, string> = {
  'c++': 'cpp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  h: 'c',
  hpp: 'cpp',
  html: 'xml',
  js: 'javascript',
  jsx: 'javascript',
  kt: 'kotlin',
  make: 'makefile',
  patch: 'diff',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

/** The library's scopes, by their first word. */
const TONES: Record<string, Tone> = {
  addition: 'str',
  attr: 'num',
  attribute: 'num',
  built_in: 'key',
  char: 'str',
  comment: 'note',
  deletion: 'fn',
  doctag: 'note',
  keyword: 'key',
  literal: 'num',
  meta: 'key',
  name: 'key',
  number: 'num',
  property: 'num',
  quote: 'note',
  regexp: 'str',
  section: 'fn',
  'selector-class': 'fn',
  'selector-id': 'fn',
  'selector-tag': 'key',
  string: 'str',
  symbol: 'str',
  title: 'fn',
  type: 'fn',
};

/** What the library writes into, in the place of its markup. */
class Pieces {
  readonly list: Piece[] = [];
  readonly #scopes: (Tone | null)[] = [];

  addText(text: string): void {
    const tone = this.#scopes.findLast((scope) => scope !== null) ?? null;
    const last = this.list.at(-1);
    if (last && last.tone === tone) last.text += text;
    else if (text) this.list.push({ text, tone });
  }

  startScope(scope: string): void {
    this.#scopes.push(TONES[scope.split('.')[0] ?? ''] ?? null);
  }

  endScope(): void {
    this.#scopes.pop();
  }

  __addSublanguage(other: Pieces): void {
    this.list.push(...other.list);
  }

  openNode = (scope: string): void => this.startScope(scope);
  closeNode = (): void => this.endScope();
  closeAllNodes = (): void => undefined;
  finalize = (): boolean => true;
  toHTML = (): string => '';
}

const library = hljs.newInstance();
library.configure({ __emitter: Pieces } as Parameters<typeof library.configure>[0]);

/** The code in pieces, or nothing for a language that is not known here. The pieces joined are the code. */
export async function highlight(code: string, language: string): Promise<Piece[] | null> {
  const called = language.toLowerCase();
  const name = Object.hasOwn(OTHER_NAMES, called) ? (OTHER_NAMES[called] ?? called) : called;
  const load = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined;
  if (!load || code.length > CODE_CHARS_MAX) return null;
  if (!library.getLanguage(name)) library.registerLanguage(name, (await load()).default);
  const { _emitter: pieces } = library.highlight(code, { language: name, ignoreIllegals: true }) as unknown as { _emitter: Pieces };
  return pieces.list.map((piece) => piece.text).join('') === code ? pieces.list : null;
}
