// What is kept in this browser: keys that cannot be exported, sealed drafts, sealed messages not yet sent.
// Names are "uid/what/…".

/** Keeps things until the page is left. */
export function memoryStore() {
  const kept = new Map();
  return {
    durable: false,
    get: async (name) => kept.get(name),
    set: async (name, value) => void kept.set(name, value),
    delete: async (name) => void kept.delete(name),
    names: async () => [...kept.keys()].sort(),
  };
}

const STORE = "kept";

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function opened(factory, make) {
  const request = factory.open("alongside", 1);
  request.onupgradeneeded = () => make(request);
  const database = await answer(request);
  database.onversionchange = () => database.close();
  return database;
}

const first = (factory) => opened(factory, ({ result }) => result.createObjectStore(STORE));

// What was cleared in between is not made again: whoever cleared it meant it.
const again = (factory) => opened(factory, ({ transaction }) => transaction.abort());

// A phone closes the connection of a page that was put away for a while.
const LOST = new Set(["InvalidStateError", "UnknownError"]);

// Some private windows open a database and then refuse keys.
async function keepsKeys(store) {
  const key = await crypto.subtle.generateKey({ name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
  const name = `probe/${crypto.randomUUID()}`;
  await store.set(name, key);
  const kept = await store.get(name);
  await store.delete(name);
  return kept?.extractable === false;
}

/** IndexedDB where there is one that keeps keys, else {@link memoryStore}. */
export async function browserStore(factory = globalThis.indexedDB) {
  try {
    const store = around(factory, await first(factory));
    return (await keepsKeys(store)) ? store : memoryStore();
  } catch {
    return memoryStore();
  }
}

function around(factory, held) {
  let database = held;
  const kept = async (work) => {
    try {
      return await work();
    } catch (fault) {
      if (!LOST.has(fault?.name)) throw fault;
      database = await again(factory);
      return work();
    }
  };
  const write = (act) =>
    new Promise((resolve, reject) => {
      const work = database.transaction(STORE, "readwrite", { durability: "strict" });
      work.oncomplete = () => resolve();
      work.onabort = work.onerror = () => reject(work.error);
      act(work.objectStore(STORE));
      // Said out loud, it is done even when the page goes in the next moment.
      work.commit?.();
    });
  const read = (act) => answer(act(database.transaction(STORE, "readonly").objectStore(STORE)));
  return {
    durable: true,
    get: (name) => kept(() => read((store) => store.get(name))),
    set: (name, value) => kept(() => write((store) => store.put(value, name))),
    delete: (name) => kept(() => write((store) => store.delete(name))),
    names: () => kept(() => read((store) => store.getAllKeys())),
  };
}
