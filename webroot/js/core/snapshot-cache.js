/* The last palette that the server sent, in IndexedDB, for a start while the server is away. */
const NAME = 'callboard';
const TABLE = 'snapshots';

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function within(mode, work) {
  const db = await open();
  try {
    return await new Promise((done, fail) => {
      const request = work(db.transaction(TABLE, mode).objectStore(TABLE));
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  } finally {
    db.close();
  }
}

/** `{at, palette}` or null; a browser without storage has none. */
export async function readSnapshot() {
  try {
    return (await within('readonly', (table) => table.get('palette'))) ?? null;
  } catch {
    return null;
  }
}

export async function writeSnapshot(palette) {
  try {
    await within('readwrite', (table) => table.put({ at: Date.now(), palette }, 'palette'));
  } catch {
    // Not kept; the next start needs the server.
  }
}
