/** JSON in localStorage under one key. A webview that forbids storage costs the memory across reloads, never the send. */
export type JsonStore<T> = { read: () => T; write: (value: T) => void };

export function jsonStore<T>(
  key: string,
  empty: T,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
): JsonStore<T> {
  let memory = empty;
  let broken = false;
  return {
    read() {
      if (broken) return memory;
      try {
        const text = storage.getItem(key);
        return text === null ? empty : JSON.parse(text);
      } catch {
        return memory;
      }
    },
    write(value) {
      memory = value;
      try {
        storage.setItem(key, JSON.stringify(value));
      } catch {
        broken = true;
      }
    },
  };
}
