// What is kept in the browser: when the connection to it is lost, and when it was cleared.
import assert from "node:assert/strict";
import test from "node:test";
import { browserStore } from "../web/js/sealed/store.js";

const later = (act) => queueMicrotask(act);

/** As much of IndexedDB as the store uses. */
class FakeFactory {
  kept = null;
  open_ = new Set();

  open() {
    const request = {};
    later(() => {
      const database = new FakeDatabase(this);
      if (this.kept) return this.#done(request, database);
      let fine = true;
      Object.assign(request, { result: database, transaction: { abort: () => (fine = false) } });
      request.onupgradeneeded();
      if (fine) return this.#done(request, database);
      this.kept = null;
      request.error = new DOMException("", "AbortError");
      return request.onerror();
    });
    return request;
  }

  #done(request, database) {
    this.open_.add(database);
    request.result = database;
    request.onsuccess();
  }

  /** The connections go; what is kept stays, unless it is cleared. */
  lose({ cleared }) {
    for (const database of this.open_) database.closed = true;
    if (cleared) this.kept = null;
  }
}

class FakeDatabase {
  constructor(factory) {
    Object.assign(this, { factory, closed: false });
  }

  createObjectStore() {
    this.factory.kept = new Map();
  }

  close() {
    this.closed = true;
  }

  transaction() {
    if (this.closed) throw new DOMException("The database connection is closing.", "InvalidStateError");
    const { kept } = this.factory;
    const work = {};
    const told = (result) => {
      const request = { result };
      later(() => request.onsuccess?.());
      later(() => work.oncomplete?.());
      return request;
    };
    work.objectStore = () => ({
      get: (name) => told(kept.get(name)),
      put: (value, name) => told(void kept.set(name, value)),
      delete: (name) => told(void kept.delete(name)),
      getAllKeys: () => told([...kept.keys()].sort()),
    });
    return work;
  }
}

test("a connection that a phone closed is opened again, and everything is there", async () => {
  const factory = new FakeFactory();
  const store = await browserStore(factory);
  assert.equal(store.durable, true);
  await store.set("uid/draft/a", { sealed: 1 });
  factory.lose({ cleared: false });
  assert.deepEqual(await store.get("uid/draft/a"), { sealed: 1 });
  await store.set("uid/draft/b", { sealed: 2 });
  assert.deepEqual(await store.names(), ["uid/draft/a", "uid/draft/b"]);
  assert.equal(factory.open_.size, 2, "once");
});

test("what somebody cleared is not made again", async () => {
  const factory = new FakeFactory();
  const store = await browserStore(factory);
  await store.set("uid/live", {});
  factory.lose({ cleared: true });
  await assert.rejects(store.set("uid/live", {}), { name: "AbortError" });
  await assert.rejects(store.names(), { name: "AbortError" });
  assert.equal(factory.kept, null);
});

test("a browser without such a storage keeps things until the page is left", async () => {
  const store = await browserStore(undefined);
  assert.equal(store.durable, false);
  await store.set("a", 1);
  assert.deepEqual([await store.get("a"), await store.names()], [1, ["a"]]);
});
