// Files of a thread: sealed under its key like a note, each for its own place.
import { pad, unpad } from "./bytes.js";
import { Refused, WRAP, open, seal } from "./box.js";
import { Turned } from "./net.js";

/** The largest file, in bytes. */
export const MOST = 10 * 1024 * 1024;
const RESEALS = 2;
const NAME_LENGTH = 120;
/** What a browser may know a file as; anything else is only bytes. */
const KNOWN = new Set(["image/png", "image/jpeg", "image/webp", "application/pdf"]);
const PLAIN = "application/octet-stream";

/** The context of a file. */
export const fileContext = ({ thread, epoch, file, author }) => ({ v: 1, t: "file", thread, epoch, file, author });

/** @param {CryptoKey} key of the thread's epoch @param {Uint8Array} bytes @param {object} about see {@link fileContext} */
export const sealFile = (key, bytes, about) => seal(WRAP, key, pad(bytes), fileContext(about));

/** The bytes, if the file is what it was said to be. */
export async function openFile(key, jwe, about) {
  return unpad(await open(WRAP, key, jwe, fileContext(about)));
}

/** The type a file is kept as on somebody's disk. */
export const safeType = (type) => (KNOWN.has(type) ? type : PLAIN);

/** A name without anything that leads elsewhere or reads otherwise than it is. */
export function safeName(name) {
  const plain = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (plain.length <= NAME_LENGTH) return plain || "file";
  const ending = /\.[^. ]{1,10}$/.exec(plain)?.[0] ?? "";
  return plain.slice(0, NAME_LENGTH - ending.length) + ending;
}

/** "3.2 MB", "840 kB" */
export function sizeWords(bytes) {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} kB`;
}

/** The text of an item that names a file. */
export const writeFileItem = ({ file, name, type, size, note }) => JSON.stringify({ v: 1, file, name, type, size, note });

/** What such an item says, or null. */
export function readFileItem(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.v !== 1 || !Number.isSafeInteger(value.size) || value.size < 0) return null;
  const fine = ["file", "name", "type", "note"].every((name) => typeof value[name] === "string");
  return fine && /^[0-9a-f-]{36}$/.test(value.file) ? value : null;
}

/** Whether a file can be sent. @throws {Refused} */
export function checkFile({ size }) {
  if (size > MOST) throw new Refused("large");
  if (size === 0) throw new Refused("empty");
}

/** The files of one thread. */
export class Files {
  /** @param {{id: string, thread: object, net: object, uuid?: () => string}} parts */
  constructor({ id, thread, net, uuid = () => crypto.randomUUID() }) {
    Object.assign(this, { id, thread, net, uuid });
  }

  /** A file that is to be sent: it keeps how far it is, so that trying again does not begin anew. */
  begin(blob) {
    checkFile(blob);
    return { blob, file: this.uuid(), sealed: null, there: false };
  }

  async #seal(upload) {
    const { epoch, key, author } = await this.thread.forWriting();
    const bytes = new Uint8Array(await upload.blob.arrayBuffer());
    const jwe = await sealFile(key, bytes, { thread: this.id, epoch, file: upload.file, author });
    upload.sealed = { epoch, jwe };
  }

  async #post({ file, sealed: { epoch, jwe } }, signal) {
    const fields = { file, epoch: String(epoch), jwe: new Blob([JSON.stringify(jwe)], { type: "application/json" }) };
    await this.net.post(`/support/${this.id}/files`, fields, { parts: true, signal });
  }

  /**
   * Sends a file, then says so in the thread. `told` hears "sealing" and "sending".
   * @param {object} upload see {@link begin} @param {string} note
   * @param {{signal?: AbortSignal, told?: (step: string) => void}} [how]
   */
  async send(upload, note, { signal, told = () => {} } = {}) {
    for (let left = RESEALS; !upload.there; left -= 1) {
      if (!upload.sealed) {
        told("sealing");
        await this.#seal(upload);
      }
      told("sending");
      try {
        await this.#post(upload, signal);
        upload.there = true;
      } catch (error) {
        if (!(error instanceof Turned) || error.code !== "keys" || left === 0) throw error;
        await this.thread.renewEpoch(upload.sealed.epoch);
        upload.sealed = null;
      }
    }
    const { name, type, size } = upload.blob;
    const item = { file: upload.file, name: safeName(name), type: safeType(type), size, note };
    return this.thread.send(writeFileItem(item), "file");
  }

  /**
   * Fetches a file that an entry names, and opens it.
   * @returns {Promise<{bytes: Uint8Array, name: string, type: string}>}
   */
  async open(entry) {
    const item = readFileItem(entry.text);
    if (!item) throw new Refused("shape");
    const { epoch, jwe } = await this.net.read(`/support/${this.id}/files/${item.file}`);
    const key = this.thread.keyOf(epoch);
    if (!key) throw new Refused("key");
    const bytes = await openFile(key, jwe, { thread: this.id, epoch, file: item.file, author: entry.author });
    return { bytes, name: safeName(item.name), type: safeType(item.type) };
  }
}
