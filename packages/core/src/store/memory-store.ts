import type { Store, StoreKey } from './store.ts';

/** A store that lasts as long as the process. */
export function memoryStore(): Store {
  const entries = new Map<StoreKey, string>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, value),
  };
}
