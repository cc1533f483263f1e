// Builds one <svg> of exactly the icons that the page uses and puts it into index.html: no request, no script, no markup from strings.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { ICONS } from '../src/shared/icons.ts';

const folder = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons');

function symbol(name: string): string {
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8');
  const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner.replace(/\s+/g, ' ').trim()}</symbol>`;
}

/** The product's mark, from the same drawing as the app's icon: an h, chimney and hearth, the ember in its arch. */
const LOGO = `<defs><linearGradient id="logo-stone" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#5b4134"/><stop offset="1" stop-color="#2a1c16"/></linearGradient><radialGradient id="logo-warmth" cx="256" cy="392" r="260" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#f2692a" stop-opacity=".95"/><stop offset=".45" stop-color="#d2501c" stop-opacity=".55"/><stop offset="1" stop-color="#b8400f" stop-opacity="0"/></radialGradient><radialGradient id="logo-coal" cx="256" cy="392" r="52" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#ffe3a6"/><stop offset="1" stop-color="#ffb454"/></radialGradient></defs><symbol id="logo" viewBox="0 0 512 512"><rect x="16" y="16" width="480" height="480" rx="116" fill="url(#logo-stone)"/><rect x="16" y="16" width="480" height="480" rx="116" fill="url(#logo-warmth)"/><rect x="20" y="20" width="472" height="472" rx="112" fill="none" stroke="#fff" stroke-opacity=".12" stroke-width="8"/><path d="M152 112v288M152 296a104 104 0 0 1 208 0v104" fill="none" stroke="#fff6ec" stroke-width="60" stroke-linecap="round"/><circle cx="256" cy="384" r="46" fill="url(#logo-coal)"/></symbol>`;

export function sprite(): Plugin {
  return {
    name: 'hearth-sprite',
    transformIndexHtml(html) {
      const symbols = ICONS.map(symbol).join('');
      return html.replace(
        '<!--sprite-->',
        `<svg class="sprite" aria-hidden="true" width="0" height="0" xmlns="http://www.w3.org/2000/svg">${LOGO}${symbols}</svg>`,
      );
    },
  };
}
