/* The time, published every second as long as somebody listens: `clock.state.now`. */
import { Store } from './store.js';

class Clock extends Store {
  #timer = 0;
  #listeners = 0;

  subscribe(listener) {
    const stop = super.subscribe(listener);
    if (this.#listeners++ === 0) {
      this.set({ now: Date.now() });
      this.#timer = setInterval(() => this.set({ now: Date.now() }), 1_000);
    }
    let on = true;
    return () => {
      if (!on) return;
      on = false;
      stop();
      if (--this.#listeners === 0) clearInterval(this.#timer);
    };
  }
}

export const clock = new Clock({ now: Date.now() });
