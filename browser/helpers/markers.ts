import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A text in every encoding in which a program might keep it. */
function encodings(text: string): Buffer[] {
  const utf8 = Buffer.from(text, "utf8");
  const all = [utf8, Buffer.from(text, "utf16le"), Buffer.from(text, "utf16le").swap16()];
  all.push(Buffer.from(utf8.toString("hex")), Buffer.from(encodeURIComponent(text)));
  // In base64 a text looks different by where it begins; the characters that depend on its neighbours are left out, and no
  // others: what is left of a short text would turn up by chance among much that is sealed.
  for (const before of [0, 1, 2]) {
    const coded = Buffer.concat([Buffer.alloc(before), utf8]).toString("base64");
    const inner = coded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + utf8.length) * 8) / 6));
    if (inner.length < 8) throw new Error(`"${text}" is too short to be looked for`);
    all.push(Buffer.from(inner), Buffer.from(inner.replaceAll("+", "-").replaceAll("/", "_")));
  }
  return all;
}

/** Where a text stands, in any usual encoding: files under a folder. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const wanted = encodings(text);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (wanted.some((one) => bytes.includes(one))) found.push(path);
  }
  return found;
}

/** The parts of a live process's memory in which a text stands, in any usual encoding; how much was read beside it. */
export async function memoryWith(pid: number, text: string): Promise<{ found: string[]; bytes: number }> {
  const wanted = encodings(text);
  const maps = await readFile(`/proc/${pid}/maps`, "utf8");
  const memory = await open(`/proc/${pid}/mem`, "r");
  const found: string[] = [];
  let bytes = 0;
  try {
    for (const line of maps.split("\n")) {
      const [, from, to, rights] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (!from || !to || !rights?.startsWith("rw")) continue;
      const [start, size] = [Number.parseInt(from, 16), Number.parseInt(to, 16) - Number.parseInt(from, 16)];
      const part = Buffer.alloc(Math.min(size, 256 * 1024 * 1024));
      // A page that went away meanwhile cannot be read.
      const read = await memory.read(part, 0, part.length, start).catch(() => ({ bytesRead: 0 }));
      bytes += read.bytesRead;
      if (wanted.some((one) => part.includes(one))) found.push(line);
    }
  } finally {
    await memory.close();
  }
  return { found, bytes };
}
