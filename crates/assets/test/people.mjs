// Help for the tests of sealed messages: people with their browsers, before a server of the contract.
import { OwnKeys } from "../web/js/sealed/own-keys.js";
import { network } from "../web/js/sealed/net.js";
import { memoryStore } from "../web/js/sealed/store.js";
import { Thread } from "../web/js/sealed/thread.js";
import { FakeServer, PRACTITIONER, TEACHER, THREAD } from "./fake-server.mjs";

export { FakeServer, LEAD, PRACTITIONER, SECOND_LEAD, TEACHER, THREAD } from "./fake-server.mjs";

/** One browser of one person: its storage outlives `visit`s. */
export class Browser {
  constructor(server, uid, clock = { now: Date.now() }) {
    Object.assign(this, { uid, clock, store: { ...memoryStore(), durable: true }, line: server.fetchOf(uid) });
  }

  /** A page load. */
  async visit({ silently = true, thread = THREAD } = {}) {
    const now = () => this.clock.now;
    const net = network(this.line);
    this.net = net;
    this.keys = new OwnKeys({ net, store: this.store, now });
    this.thread = new Thread({ id: thread, keys: this.keys, net, store: this.store, now });
    await this.keys.load();
    if (silently && this.keys.made && !this.keys.live) await this.keys.silently();
    await this.thread.load();
    return this;
  }

  texts() {
    return this.thread.entries().map(({ text }) => text);
  }
}

/** A person with keys on a device of their own. */
export async function withKeys(server, uid) {
  const browser = await new Browser(server, uid).visit();
  await browser.keys.make({});
  return browser;
}

/** Two people with keys on their own devices, and a first message that arrived. */
export async function twoPeople() {
  const server = new FakeServer();
  const priya = await withKeys(server, PRACTITIONER);
  const sam = await withKeys(server, TEACHER);
  await sam.thread.load();
  await sam.thread.send("The silence feels endless.");
  await sam.thread.flush();
  await priya.thread.load();
  return { server, sam, priya };
}

/** Somebody who lost everything: new keys, made on another device, in place of the old ones. */
export async function renewed(server, uid) {
  const browser = new Browser(server, uid);
  await browser.visit();
  await browser.keys.beginRenewal();
  server.clock += 73 * 3600;
  await browser.keys.make({});
  await browser.thread.load();
  return browser;
}

/** Two browsers compare safety words: each takes the other's keys of now. */
export async function compareWords(...browsers) {
  for (const { thread } of browsers) {
    await thread.load();
    const { shown } = await thread.safety();
    await thread.acceptKeys(shown, "2026-11-24");
  }
}
