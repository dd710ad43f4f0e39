// The entry point: strings first, then the shell, then what keeps it alive.
import { loadStrings } from './core/i18n.js';
import { live } from './core/live.js';
import { palette } from './core/palette.js';
import { keepShell } from './core/shell.js';
import { stagesFile } from './core/stages-file.js';

await loadStrings();
await import('./ui/cb-app.js');
live.start();
palette.start();
stagesFile.start();
keepShell();
