/*
 * Gathers frames and hands them over once per animation frame (every 50 ms while the page is hidden).
 *
 *   const receive = batchFrames((frames) => …);      live.subscribe(topic, receive);
 *
 * A snapshot makes what waited before it pointless.
 */
export function batchFrames(apply) {
  let queue = [];
  let scheduled = false;
  const run = () => {
    scheduled = false;
    const frames = queue;
    queue = [];
    apply(frames);
  };
  return (frame) => {
    if (frame.kind === 'snapshot') queue = [];
    queue.push(frame);
    if (scheduled) return;
    scheduled = true;
    if (document.hidden) setTimeout(run, 50);
    else requestAnimationFrame(run);
  };
}
