/*
 * Places for the nodes of a graph: nodes push each other away, links draw them together, and all are drawn to the
 * middle. The same graph has the same places: they begin on a spiral in the order of the nodes, nothing is random, and
 * the number of steps is fixed. No DOM.
 *
 *   const layout = new ForceLayout(nodes, links);    // nodes: [{ r }]; links: [{ a, b }], indexes of nodes
 *   while (!layout.done) layout.run(8);              // for 8 ms at most, at least one step
 *   layout.x[i]; layout.y[i];                        // around (0, 0)
 *   layout.put(i, x, y);                             // by hand: it stays there
 *
 * Every step compares all pairs: 500 nodes are 125,000 pairs, about 1 ms.
 */
const STEPS = 300;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const SPREAD = 34;
const PUSH = 900;
/** The square of how far nodes push each other: else groups that nothing links would part and each be drawn small. */
const FAR = 320 ** 2;
const DISTANCE = 46;
/** Where there are few nodes there is room for their names. */
const ROOM = 130;
/** Less from the sides: most drawings are wider than they are high. */
const GRAVITY = { x: 0.036, y: 0.05 };
/** What is linked to nothing would drift far away, and all else would be drawn small. */
const ALONE = 4;
const FRICTION = 0.6;
const GAP = 7;

export class ForceLayout {
  #nodes;
  #links;
  #strength;
  #bias;
  #pulled;
  #distance;
  #vx;
  #vy;
  #fixed = new Set();
  #step = 0;

  constructor(nodes, links) {
    const n = nodes.length;
    this.#nodes = nodes;
    this.#links = links.filter(({ a, b }) => a !== b);
    this.#distance = DISTANCE + ROOM / Math.sqrt(Math.max(n, 1));
    Object.assign(this, { x: new Float64Array(n), y: new Float64Array(n) });
    this.#vx = new Float64Array(n);
    this.#vy = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const radius = SPREAD * Math.sqrt(i);
      this.x[i] = radius * Math.cos(i * GOLDEN);
      this.y[i] = radius * Math.sin(i * GOLDEN);
    }
    const degree = new Float64Array(n);
    for (const { a, b } of this.#links) {
      degree[a]++;
      degree[b]++;
    }
    this.#pulled = degree.map((links) => (links === 0 ? ALONE : 1));
    // The more links a node has, the less one of them moves it: else a hub would be thrown about by all of them.
    this.#strength = this.#links.map(({ a, b }) => 1 / Math.min(degree[a], degree[b]));
    this.#bias = this.#links.map(({ a, b }) => degree[a] / (degree[a] + degree[b]));
  }

  get done() {
    return this.#step >= STEPS || this.#nodes.length < 2;
  }

  /** From 0 to 1. */
  get share() {
    return this.done ? 1 : this.#step / STEPS;
  }

  put(i, x, y) {
    this.#fixed.add(i);
    this.x[i] = x;
    this.y[i] = y;
  }

  run(ms, now = () => performance.now()) {
    const end = now() + ms;
    do {
      if (this.done) return;
      this.#one();
    } while (now() < end);
  }

  #one() {
    const alpha = (1 - this.#step / STEPS) ** 1.6;
    this.#step++;
    this.#pull(alpha);
    this.#push(alpha);
    const { x, y } = this;
    for (let i = 0; i < x.length; i++) {
      const pull = this.#pulled[i] * alpha;
      this.#vx[i] = (this.#vx[i] - x[i] * GRAVITY.x * pull) * FRICTION;
      this.#vy[i] = (this.#vy[i] - y[i] * GRAVITY.y * pull) * FRICTION;
      if (this.#fixed.has(i)) continue;
      x[i] += this.#vx[i];
      y[i] += this.#vy[i];
    }
  }

  #pull(alpha) {
    const { x, y } = this;
    this.#links.forEach(({ a, b }, i) => {
      const dx = x[b] - x[a];
      const dy = y[b] - y[a];
      const length = Math.hypot(dx, dy) || 1;
      const rest = this.#distance + this.#nodes[a].r + this.#nodes[b].r;
      const force = ((length - rest) / length) * alpha * this.#strength[i];
      const ofB = force * this.#bias[i];
      const ofA = force - ofB;
      this.#vx[a] += dx * ofA;
      this.#vy[a] += dy * ofA;
      this.#vx[b] -= dx * ofB;
      this.#vy[b] -= dy * ofB;
    });
  }

  /** The nearer the stronger; those that lie on each other are moved apart whatever the step is. */
  #push(alpha) {
    const { x, y } = this;
    const n = x.length;
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) {
        let dx = x[b] - x[a];
        const dy = y[b] - y[a];
        if (dx === 0 && dy === 0) dx = 1;
        const square = Math.max(dx * dx + dy * dy, 25);
        if (square > FAR) continue;
        let force = (PUSH * alpha) / square;
        const least = this.#nodes[a].r + this.#nodes[b].r + GAP;
        if (square < least * least) {
          const length = Math.sqrt(square);
          force += ((least - length) / length) * 0.5;
        }
        this.#vx[a] -= dx * force;
        this.#vy[a] -= dy * force;
        this.#vx[b] += dx * force;
        this.#vy[b] += dy * force;
      }
    }
  }
}
