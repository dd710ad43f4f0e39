/*
 * The state of the custom stages file, from the feed's `status` topic.
 *
 *   stagesFile.state     // { status: 'ok' | 'unreadable', path, line, column, detail, backup, removed }
 *   await stagesFile.restore();
 */
import { api } from './api.js';
import { live } from './live.js';
import { Store } from './store.js';

class StagesFile extends Store {
  start() {
    live.subscribe('status', (frame) => {
      if (frame.data?.stages_file) this.#show(frame.data.stages_file);
    });
    api.get('/api/vp').then(({ stages_file: file }) => file && this.#show(file)).catch(() => {});
  }

  /** Replaces the unreadable or removed file by the last good state. */
  async restore() {
    const answer = await api.post('/api/vp/restore', {});
    this.set({ status: 'ok', removed: false });
    return answer;
  }

  #show({ status, path, line = null, column = null, detail = '', backup = false, removed = false }) {
    this.set({ status, path, line, column, detail, backup, removed });
  }
}

export const stagesFile = new StagesFile({ status: 'ok' });
