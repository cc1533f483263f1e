import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/fonts.css';
import './styles/base.css';
import './styles/density.css';
import './styles/languages.css';
import './styles/senses.css';
import App from './App.svelte';
import { install } from './lib/backend';
import { tauri } from './lib/backend/tauri';
import { start } from './state/session.svelte';

async function open(): Promise<void> {
  // In a browser, without the shell, `npm run dev` shows the page on a fake: ?fake=NAME chooses the scenario.
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { fakeFromAddress } = await import('./lib/backend/fake/address');
    install(fakeFromAddress(location.search));
  } else {
    install(tauri);
  }
  const target = document.getElementById('app');
  if (target) mount(App, { target });
  await start();
}

void open();
