/*
 * Keeps what stands beside the output in sight while the page scrolls: taller than the window, it scrolls until its foot
 * is there. A controller of the element that draws `.step-aside`.
 */
export class StickyAside {
  #host;
  #aside = null;
  #sizes = new ResizeObserver(() => this.#place());

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    window.addEventListener('resize', this.#place);
  }

  hostUpdated() {
    const aside = this.#host.querySelector('.step-aside');
    if (aside === this.#aside) return;
    this.#sizes.disconnect();
    this.#aside = aside;
    if (aside) this.#sizes.observe(aside);
  }

  hostDisconnected() {
    window.removeEventListener('resize', this.#place);
    this.#sizes.disconnect();
    this.#aside = null;
  }

  #place = () => {
    const box = this.#host.closest('.board-main');
    if (!this.#aside || !box) return;
    this.#aside.style.setProperty('--aside-top', `${Math.min(0, box.clientHeight - this.#aside.offsetHeight)}px`);
  };
}
