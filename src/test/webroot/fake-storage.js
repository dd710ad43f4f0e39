/* A storage as localStorage, with room for so many characters. */
export function fakeStorage(room = Infinity) {
  const values = new Map();
  const size = () => [...values].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    get length() { return values.size; },
    key: (i) => [...values.keys()][i] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem(key, value) {
      const before = values.get(key);
      values.set(key, value);
      if (size() <= room) return;
      if (before === undefined) values.delete(key);
      else values.set(key, before);
      throw new Error('quota');
    },
    removeItem: (key) => values.delete(key),
  };
}
