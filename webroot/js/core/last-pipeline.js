/* The pipeline that this browser's last task went through. No DOM. */
const PLACE = 'callboard.pipeline';

export function lastPipeline() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}

export function rememberPipeline(name) {
  try {
    localStorage.setItem(PLACE, name);
  } catch {
    // The next task starts with the first pipeline again.
  }
}
