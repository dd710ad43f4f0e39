/*
 * Light, dark or the system's choice, remembered for this browser.
 *
 *   theme.state.choice     // 'system' | 'light' | 'dark'
 *   nextTheme();           // the header's button
 */
import { Store } from './store.js';

const KEY = 'callboard.theme';
const ORDER = ['system', 'light', 'dark'];

export const theme = new Store({ choice: document.documentElement.dataset.theme ?? 'system' });

export function nextTheme() {
  const choice = ORDER[(ORDER.indexOf(theme.state.choice) + 1) % ORDER.length];
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Not remembered; it still applies to this page.
  }
  theme.set({ choice });
}
