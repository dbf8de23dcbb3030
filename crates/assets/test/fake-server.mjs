// A server of the contract kept in memory, as far as a browser can tell: two people with one thread, files, disclosures.
import { compactVerify } from "jose";

export const TEACHER = "0190a000-0000-7000-8000-000000000001";
export const PRACTITIONER = "0190a000-0000-7000-8000-000000000002";
export const LEAD = "0190a000-0000-7000-8000-000000000003";
export const SECOND_LEAD = "0190a000-0000-7000-8000-000000000004";
export const THREAD = "0190a000-0000-7000-8000-0000000000aa";
export const NAMES = {
  [TEACHER]: "Sam Okafor",
  [PRACTITIONER]: "Priya Nair",
  [LEAD]: "Ruth Adeyemi",
  [SECOND_LEAD]: "Tom Bell",
};
const WAIT = 72 * 3600;
const BY_TEACHER = ["request", "goal", "trial", "earlier", "focus"];

export const json = (status, body) => ({ type: "basic", status, json: async () => structuredClone(body) });
export const refusal = (status, code, sentence = "") => json(status, { code, sentence });
/** What a JWS says, unverified. */
export const payloadOf = (jws) => JSON.parse(Buffer.from(jws.split(".")[1], "base64url"));

const publicOf = (account) => (account ? { kid: account.kid, enc: account.enc, sig: account.sig } : null);

/** Whether a JWS of a type is signed by somebody's key of now. */
export async function signedBy(account, jws, typ) {
  try {
    const how = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("jwk", account.sig, how, false, ["verify"]);
    const { protectedHeader } = await compactVerify(jws, key, { algorithms: ["ES256"] });
    return JSON.stringify(protectedHeader) === JSON.stringify({ alg: "ES256", typ });
  } catch {
    return false;
  }
}

/** What the Rust side does. */
export class FakeServer {
  accounts = new Map();
  renewals = new Map();
  grants = [];
  items = [];
  files = new Map();
  reads = new Map();
  disclosures = new Map();
  nonces = new Map();
  proofs = [];
  mayWrite = true;
  mayPlan = true;
  clock = 1_795_000_000;
  calls = [];
  threads = [THREAD];
  shelf = [];

  /** A `fetch` for one person; set `.down` to lose the connection, `.out` to end the session. */
  fetchOf(uid) {
    const line = async (path, { method = "GET", body, signal } = {}) => {
      this.calls.push(`${method} ${path}`);
      if (line.down || signal?.aborted) throw new TypeError("Failed to fetch");
      if (line.out) return { type: "opaqueredirect", status: 0 };
      const fields = body instanceof FormData ? body : new URLSearchParams(body);
      const reply = method === "GET" ? this.get(uid, path) : await this.post(uid, path, fields);
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
    const [, first, id, what, file] = path.split("/");
    if (path === "/keys/own") {
      const due = this.renewals.get(uid);
      const renewal = due ? { due, ripe: due <= this.clock } : null;
      return json(200, { uid, csrf: `csrf-${uid}`, keys: this.accounts.get(uid) ?? null, renewal });
    }
    if (path === "/resources.json") return json(200, { entries: this.shelf });
    if (path === "/account/data.json") return json(200, this.data(uid));
    if (first === "disclosures") return this.readDisclosure(uid, id);
    if (what === "disclosure.json") return this.disclosureForm(uid);
    if (what === "files") return this.files.has(file) ? json(200, this.files.get(file)) : json(404, {});
    return this.words(uid, id);
  }

  other(uid) {
    return uid === TEACHER ? PRACTITIONER : TEACHER;
  }

  thread(id) {
    return (item) => (item.thread ?? THREAD) === id;
  }

  words(uid, thread) {
    if (!this.threads.includes(thread)) return json(404, {});
    const other = this.other(uid);
    const theirs = this.accounts.get(other);
    const kid = this.accounts.get(uid)?.kid;
    const grants = this.grants.filter(this.thread(thread));
    return json(200, {
      thread,
      uid,
      csrf: `csrf-${uid}`,
      party: uid === TEACHER ? "teacher" : "practitioner",
      may_write: this.mayWrite,
      may_plan: this.mayPlan,
      other: { uid: other, name: NAMES[other], keys: publicOf(theirs) },
      grants: grants.filter((grant) => grant.to === kid).map(({ thread: _, ...grant }) => grant),
      missing: theirs ? this.epochsWithout(grants, theirs.kid) : [],
      items: this.items.filter(this.thread(thread)).map(({ thread: _, ...item }) => item),
      read: this.reads.get(`${uid}/${thread}`) ?? 0,
    });
  }

  epochsWithout(grants, kid) {
    const epochs = [...new Set(grants.map(({ epoch }) => epoch))];
    return epochs.filter((epoch) => !grants.some((grant) => grant.epoch === epoch && grant.to === kid));
  }

  async post(uid, path, fields) {
    if (fields.get("csrf") !== `csrf-${uid}`) return refusal(403, "csrf");
    const account = this.accounts.get(uid);
    const own = {
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
        if (Number(fields.get("version")) !== account.version) return refusal(409, "stale");
        Object.assign(account, { vault: JSON.parse(fields.get("vault")), version: account.version + 1 });
        return json(200, { version: account.version });
      },
      "/keys/renewal": () => {
        if (!account) return refusal(409, "none");
        const due = this.renewals.get(uid) ?? this.clock + WAIT;
        this.renewals.set(uid, due);
        return json(201, { due });
      },
      "/keys/renewal/cancellation": () => {
        this.renewals.delete(uid);
        return json(200, {});
      },
      "/session/proof": () => this.prove(uid, fields.get("jws")),
    };
    if (own[path]) return own[path]();
    const [, first, id, what] = path.split("/");
    if (first === "disclosures" && what === "returns")
      return this.giveBack(uid, id, fields.get("to"), JSON.parse(fields.get("grants")));
    if (first === "disclosures" && what === "telling") return this.tell(uid, id, JSON.parse(fields.get("grants")));
    if (first !== "support" || !this.threads.includes(id)) return json(404, {});
    const routes = {
      grants: () => this.addGrants(uid, id, Number(fields.get("epoch")), JSON.parse(fields.get("grants"))),
      returns: () => this.addReturns(uid, id, JSON.parse(fields.get("grants"))),
      words: () => this.addItem(uid, id, fields),
      reading: () => {
        this.reads.set(`${uid}/${id}`, Math.max(this.reads.get(`${uid}/${id}`) ?? 0, Number(fields.get("place"))));
        return json(200, {});
      },
      files: () => this.addFile(uid, fields),
      disclosure: () => this.disclose(uid, fields),
    };
    return routes[what]?.() ?? json(404, {});
  }

  makeKeys(uid, keys) {
    const due = this.renewals.get(uid);
    if (this.accounts.has(uid) && due === undefined) return refusal(409, "there");
    if (due !== undefined && due > this.clock) return refusal(409, "wait", "The 72 hours are not over yet.");
    this.renewals.delete(uid);
    this.accounts.set(uid, { ...keys, version: 1 });
    return json(201, {});
  }

  async addGrants(uid, thread, epoch, list) {
    const grants = this.grants.filter(this.thread(thread));
    const last = Math.max(-1, ...grants.map((grant) => grant.epoch));
    if (uid !== TEACHER) return json(404, {});
    if (epoch !== last + 1) return refusal(409, "granted");
    const kids = [TEACHER, PRACTITIONER].map((one) => this.accounts.get(one)?.kid).sort();
    if (
      list
        .map((jws) => payloadOf(jws).to)
        .sort()
        .join() !== kids.join()
    )
      return refusal(409, "keys");
    for (const jws of list) {
      if (!(await signedBy(this.accounts.get(uid), jws, "alongside-grant+1"))) return refusal(422, "signature");
    }
    for (const jws of list) this.grants.push({ thread, epoch, to: payloadOf(jws).to, by: uid, jws });
    return json(201, {});
  }

  async addReturns(uid, thread, list) {
    const kid = this.accounts.get(this.other(uid)).kid;
    const missing = this.epochsWithout(this.grants.filter(this.thread(thread)), kid);
    for (const { epoch, jws } of list) {
      const { to, by, epoch: inside, thread: where } = payloadOf(jws);
      if (to !== kid || !missing.includes(epoch)) return refusal(409, "granted");
      if (by !== uid || inside !== epoch || where !== thread) return refusal(422, "grant");
      if (!(await signedBy(this.accounts.get(uid), jws, "alongside-grant+1"))) return refusal(422, "signature");
    }
    for (const { epoch, jws } of list) this.grants.push({ thread, epoch, to: kid, by: uid, jws });
    return json(201, {});
  }

  // A key is stale when there is a later one, or when one of the two does not have it.
  stale(thread, epoch) {
    const grants = this.grants.filter(this.thread(thread));
    if (grants.some((grant) => grant.epoch > epoch)) return true;
    const kids = [TEACHER, PRACTITIONER].map((one) => this.accounts.get(one)?.kid);
    return kids.some((kid) => !grants.some((grant) => grant.epoch === epoch && grant.to === kid));
  }

  addItem(uid, thread, fields) {
    const [note, rev] = [fields.get("note"), Number(fields.get("rev"))];
    const same = this.items.find((item) => item.note === note && item.rev === rev);
    if (same) {
      const again = JSON.stringify(same.jwe) === fields.get("jwe");
      return again
        ? json(200, { at: same.at, place: same.place })
        : refusal(409, "taken", "This message was changed in another window meanwhile.");
    }
    const kind = fields.get("kind");
    if (kind === "proposal" ? uid === TEACHER : BY_TEACHER.includes(kind) && uid !== TEACHER) return refusal(422, "kind");
    const may = ["goal", "trial"].includes(kind) ? this.mayPlan : this.mayWrite;
    if (!may) return refusal(422, "closed", "Nothing more can be written here.");
    const epoch = Number(fields.get("epoch"));
    if (this.stale(thread, epoch)) return refusal(409, "keys", "There is a newer key.");
    const place = this.items.length + 1;
    const jwe = JSON.parse(fields.get("jwe"));
    this.items.push({ thread, note, rev, epoch, author: uid, kind, jwe, at: 1_795_000_000 + place - 1, place });
    return json(201, { at: 1_795_000_000 + place - 1, place });
  }

  async addFile(uid, fields) {
    const [file, epoch] = [fields.get("file"), Number(fields.get("epoch"))];
    const jwe = JSON.parse(await fields.get("jwe").text());
    this.files.set(file, { file, epoch, author: uid, jwe });
    return json(201, {});
  }

  async prove(uid, jws) {
    const account = this.accounts.get(uid);
    if (!(await signedBy(account, jws, "alongside-proof+1"))) return refusal(422, "signature");
    const exact = JSON.stringify({ uid, nonce: this.nonces.get(uid) });
    if (JSON.stringify(payloadOf(jws)) !== exact) return refusal(422, "nonce", "Load the page again.");
    this.nonces.delete(uid);
    this.proofs.push(uid);
    return json(201, {});
  }

  data(uid) {
    const threads = this.threads.map((thread) => ({
      thread,
      with: NAMES[this.other(uid)],
      from: "2026-09-14",
      to: null,
      title: `You and ${NAMES[this.other(uid)]}`,
    }));
    return { person: { uid, name: NAMES[uid] }, threads, more: { slots: 2 } };
  }

  disclosureForm(uid) {
    const other = this.other(uid);
    const leads = [LEAD, SECOND_LEAD].map((one) => ({ uid: one, name: NAMES[one], keys: publicOf(this.accounts.get(one)) }));
    return json(200, {
      uid,
      csrf: `csrf-${uid}`,
      disclosure: this.nextDisclosure ?? "0190a000-0000-7000-8000-0000000000dd",
      leads,
      other: { uid: other, name: NAMES[other], keys: publicOf(this.accounts.get(other)) },
      mine: { kid: this.accounts.get(uid)?.kid },
    });
  }

  async disclose(uid, fields) {
    const grants = JSON.parse(fields.get("grants"));
    if (fields.get("unsafe") && !fields.get("reason")) return refusal(422, "reason", "Choose why it could.");
    for (const jws of grants) {
      if (!(await signedBy(this.accounts.get(uid), jws, "alongside-grant+1"))) return refusal(422, "signature");
    }
    const disclosure = fields.get("disclosure");
    this.disclosures.set(disclosure, {
      by: uid,
      other: this.other(uid),
      unsafe: fields.get("unsafe") === "on",
      due: [LEAD, SECOND_LEAD].filter((lead) => this.accounts.has(lead)),
      category: fields.get("category"),
      reason: fields.get("reason"),
      jwe: JSON.parse(fields.get("jwe")),
      grants: grants.map((jws) => ({ jws, to: payloadOf(jws).to, by: uid })),
    });
    return json(201, { to: `/disclosures/${disclosure}` });
  }

  readDisclosure(uid, disclosure) {
    const one = this.disclosures.get(disclosure);
    const kid = this.accounts.get(uid)?.kid;
    const grants = one?.grants.filter(({ to }) => to === kid) ?? [];
    const leads = [LEAD, SECOND_LEAD].filter((lead) => one?.due.includes(lead));
    const holders = [...leads, one?.by];
    if (!grants.length && !holders.includes(uid)) return json(404, {});
    const holds = (person) => one.grants.some(({ to }) => to === this.accounts.get(person)?.kid);
    const who = (person) => ({ uid: person, name: NAMES[person], keys: publicOf(this.accounts.get(person)) });
    const untold = one.unsafe && !one.grants.some(({ to }) => to === this.accounts.get(one.other).kid);
    return json(200, {
      uid,
      csrf: `csrf-${uid}`,
      disclosure,
      by: who(one.by),
      grants: grants.map(({ jws, by }) => ({ jws, by: who(by) })),
      jwe: one.jwe,
      tell: untold && this.mayTell ? who(one.other) : null,
      others: uid === one.other ? [] : holders.filter((person) => person !== uid).map((person) => ({ ...who(person), holds: holds(person) })),
    });
  }

  async giveBack(uid, disclosure, to, list) {
    const one = this.disclosures.get(disclosure);
    if (list.length !== 1 || payloadOf(list[0]).to !== this.accounts.get(to).kid) return refusal(422, "grants");
    if (!(await signedBy(this.accounts.get(uid), list[0], "alongside-grant+1"))) return refusal(422, "signature");
    one.grants.push({ jws: list[0], to: payloadOf(list[0]).to, by: uid });
    return json(201, {});
  }

  async tell(uid, disclosure, list) {
    const one = this.disclosures.get(disclosure);
    if (list.length !== 1 || payloadOf(list[0]).to !== this.accounts.get(one.other).kid) return refusal(422, "grants");
    if (!(await signedBy(this.accounts.get(uid), list[0], "alongside-grant+1"))) return refusal(422, "signature");
    one.grants.push({ jws: list[0], to: payloadOf(list[0]).to, by: uid });
    return json(201, {});
  }
}
