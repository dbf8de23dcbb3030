// Speaking with the server: JSON in, forms out, and four ways an answer can fail to come.

/** No connection, or the server is not well: the same request may go through later. */
export class Away extends Error {}

/** The person stopped it. */
export class Stopped extends Error {}

/** The session is over, or belongs to somebody else now. */
export class SignedOut extends Error {}

/** The server says no, with a sentence for the person. */
export class Turned extends Error {
  constructor(status, { code = "", sentence = "" } = {}) {
    super(sentence || `The server answered ${status}.`);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }
}

async function body(reply) {
  try {
    return await reply.json();
  } catch {
    return null;
  }
}

function inParts(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** How long an answer may take to begin, in milliseconds. On a line that died nothing else would end the waiting. */
const ANSWER = 30_000;

/** Fetches, and gives up where nothing comes within a time; null waits as long as it takes. */
async function within(time, fetcher, path, options) {
  if (time === null) return fetcher(path, options);
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), time);
  try {
    return await fetcher(path, { ...options, signal: stop.signal });
  } finally {
    clearTimeout(late);
  }
}

/**
 * @param {typeof fetch} fetcher @param {number} answer see {@link ANSWER}
 * @returns {{read: (path: string) => Promise<object>, post: (path: string, fields: object,
 *   how?: {parts?: boolean, signal?: AbortSignal}) => Promise<{status: number, body: object}>}} `parts` sends multipart/form-data
 */
export function network(fetcher = (...all) => fetch(...all), answer = ANSWER) {
  let csrf = "";

  async function call(path, options, time = answer) {
    let reply;
    try {
      reply = await within(time, fetcher, path, {
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        headers: { Accept: "application/json" },
        ...options,
      });
    } catch {
      throw options.signal?.aborted ? new Stopped() : new Away();
    }
    if (reply.type === "opaqueredirect" || reply.status === 303 || reply.status === 401) throw new SignedOut();
    if (reply.status >= 500 || reply.status === 429 || reply.status === 408) throw new Away();
    return reply;
  }

  async function read(path) {
    const reply = await call(path, {});
    const said = await body(reply);
    if (reply.status >= 400) throw new Turned(reply.status, said ?? {});
    // A page in place of the answer comes from something in between.
    if (said === null) throw new Away();
    if (said.csrf) csrf = said.csrf;
    return said;
  }

  async function post(path, fields, { parts = false, signal, again = true } = {}) {
    const sent = parts ? inParts({ csrf, ...fields }) : new URLSearchParams({ csrf, ...fields });
    // A file takes its time on a slow line; the person can stop it.
    const reply = await call(path, { method: "POST", body: sent, ...(signal ? { signal } : {}) }, parts || signal ? null : answer);
    if (reply.status === 403 && again) {
      // Signed in afresh in another tab: the token is a new one.
      await read("/keys/own");
      return post(path, fields, { parts, signal, again: false });
    }
    const said = await body(reply);
    if (reply.status >= 400) throw new Turned(reply.status, said ?? {});
    return { status: reply.status, body: said ?? {} };
  }

  return { read, post: (path, fields, how) => post(path, fields, how) };
}
