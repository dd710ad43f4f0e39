// The entry point: everything the first page needs is asked for at once, and drawn when the strings are there.
import { loadStrings } from './core/i18n.js';
import { live } from './core/live.js';
import { whyNotLive } from './core/not-live.js';
import { palette } from './core/palette.js';
import { router } from './core/router.js';
import { keepShell } from './core/shell.js';
import { stagesFile } from './core/stages-file.js';
import { PAGES } from './pages.js';

const shell = import('./ui/shell/cb-app.js');
router.use(PAGES);
router.preload();
live.explain = whyNotLive;
live.start();
palette.start();
stagesFile.start();
// It stands in the page itself: its words cannot be among the strings that do not come.
const away = document.getElementById('away');
await loadStrings('en', { failed: () => { away.hidden = false; } });
await shell;
away.remove();
document.body.prepend(document.createElement('cb-app'));
keepShell();
