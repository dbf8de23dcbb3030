// Help for the tests of sealed messages: a server of the contract kept in memory, with two people and one thread.
import { OwnKeys } from "../web/js/sealed/own-keys.js";
import { network } from "../web/js/sealed/net.js";
import { memoryStore } from "../web/js/sealed/store.js";
import { Thread } from "../web/js/sealed/thread.js";

export const TEACHER = "0190a000-0000-7000-8000-000000000001";
export const PRACTITIONER = "0190a000-0000-7000-8000-000000000002";
export const THREAD = "0190a000-0000-7000-8000-0000000000aa";
const NAMES = { [TEACHER]: "Sam Okafor", [PRACTITIONER]: "Priya Nair" };

const json = (status, body) => ({ type: "basic", status, json: async () => structuredClone(body) });
const refusal = (status, code, sentence) => json(status, { code, sentence });

/** What the Rust side does, as far as a browser can tell. */
export class FakeServer {
  accounts = new Map();
  grants = [];
  items = [];
  mayWrite = true;
  calls = [];

  /** A `fetch` for one person; set `.down` to lose the connection, `.out` to end the session. */
  fetchOf(uid) {
    const line = async (path, { method = "GET", body } = {}) => {
      this.calls.push(`${method} ${path}`);
      if (line.down) throw new TypeError("Failed to fetch");
      if (line.out) return { type: "opaqueredirect", status: 0 };
      const reply = method === "GET" ? this.get(uid, path) : this.post(uid, path, new URLSearchParams(body));
      if (line.lostReplies > 0 && method === "POST") {
        line.lostReplies -= 1;
        throw new TypeError("Failed to fetch");
      }
      return reply;
    };
    line.lostReplies = 0;
    return line;
  }

  get(uid, path) {
    if (path === "/keys/own") return json(200, { uid, csrf: `csrf-${uid}`, keys: this.accounts.get(uid) ?? null });
    const other = uid === TEACHER ? PRACTITIONER : TEACHER;
    const theirs = this.accounts.get(other);
    const kid = this.accounts.get(uid)?.kid;
    return json(200, {
      thread: THREAD,
      uid,
      csrf: `csrf-${uid}`,
      party: uid === TEACHER ? "teacher" : "practitioner",
      may_write: this.mayWrite,
      other: { uid: other, name: NAMES[other], keys: theirs ? { kid: theirs.kid, enc: theirs.enc, sig: theirs.sig } : null },
      grants: this.grants.filter((grant) => grant.to === kid),
      items: this.items,
    });
  }

  post(uid, path, fields) {
    if (fields.get("csrf") !== `csrf-${uid}`) return refusal(403, "csrf", "");
    const account = this.accounts.get(uid);
    const routes = {
      "/keys/own": () => this.makeKeys(uid, JSON.parse(fields.get("keys"))),
      "/keys/slots": () => {
        const slot = fields.get("slot");
        account.slots = [...account.slots.filter((one) => one.slot !== slot), { slot, jwe: JSON.parse(fields.get("jwe")) }];
        return json(201, {});
      },
      "/keys/slots/removal": () => {
        account.slots = account.slots.filter(({ slot }) => slot !== fields.get("slot"));
        return json(200, {});
      },
      "/keys/vault": () => {
        if (Number(fields.get("version")) !== account.version) return refusal(409, "stale", "");
        Object.assign(account, { vault: JSON.parse(fields.get("vault")), version: account.version + 1 });
        return json(200, { version: account.version });
      },
      [`/support/${THREAD}/grants`]: () => this.addGrants(Number(fields.get("epoch")), JSON.parse(fields.get("grants"))),
      [`/support/${THREAD}/words`]: () => this.addItem(uid, fields),
    };
    return routes[path]?.() ?? json(404, {});
  }

  makeKeys(uid, keys) {
    if (this.accounts.has(uid)) return refusal(409, "made", "");
    this.accounts.set(uid, { ...keys, version: 1 });
    return json(201, {});
  }

  addGrants(epoch, list) {
    if (this.grants.some((grant) => grant.epoch === epoch)) return refusal(409, "epoch", "");
    for (const jws of list) {
      const { to, by } = JSON.parse(Buffer.from(jws.split(".")[1], "base64url"));
      this.grants.push({ epoch, to, by, jws });
    }
    return json(201, {});
  }

  addItem(uid, fields) {
    const [note, rev] = [fields.get("note"), Number(fields.get("rev"))];
    const same = this.items.find((item) => item.note === note && item.rev === rev);
    if (same) {
      const again = JSON.stringify(same.jwe) === fields.get("jwe");
      return again
        ? json(200, { at: same.at })
        : refusal(409, "taken", "This message was changed in another window meanwhile.");
    }
    if (!this.mayWrite) return refusal(422, "closed", "Nothing more can be written here.");
    const item = {
      note,
      rev,
      epoch: Number(fields.get("epoch")),
      author: uid,
      kind: fields.get("kind"),
      jwe: JSON.parse(fields.get("jwe")),
      at: 1_795_000_000 + this.items.length,
    };
    this.items.push(item);
    return json(201, { at: item.at });
  }
}

/** One browser of one person: its storage outlives `visit`s. */
export class Browser {
  constructor(server, uid, clock = { now: Date.now() }) {
    Object.assign(this, { uid, clock, store: { ...memoryStore(), durable: true }, line: server.fetchOf(uid) });
  }

  /** A page load. */
  async visit({ silently = true } = {}) {
    const now = () => this.clock.now;
    const net = network(this.line);
    this.keys = new OwnKeys({ net, store: this.store, now });
    this.thread = new Thread({ id: THREAD, keys: this.keys, net, store: this.store, now });
    await this.keys.load();
    if (silently && this.keys.made && !this.keys.live) await this.keys.silently();
    await this.thread.load();
    return this;
  }

  texts() {
    return this.thread.entries().map(({ text }) => text);
  }
}

/** Two people with keys on their own devices, and a first message that arrived. */
export async function twoPeople() {
  const server = new FakeServer();
  const priya = await new Browser(server, PRACTITIONER).visit();
  await priya.keys.make({});
  const sam = await new Browser(server, TEACHER).visit();
  await sam.keys.make({});
  await sam.thread.load();
  await sam.thread.send("The silence feels endless.");
  await sam.thread.flush();
  await priya.thread.load();
  return { server, sam, priya };
}
