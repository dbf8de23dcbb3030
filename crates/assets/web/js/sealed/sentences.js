// What is said when something does not work.
import { Refused } from "./box.js";
import { Away, SignedOut, Stopped, Turned } from "./net.js";

const CODES = {
  key: "That did not open your keys. Look for a slip and try again.",
  code: "A recovery code has 26 letters and figures. Look at your paper again.",
  slot: "Your keys do not know that way of unlocking.",
  ask: "This device cannot open your keys by itself. Give your six words or your recovery code.",
  pin: "The keys of the other person changed a moment ago. Nothing was sent to them.",
  epochs: "A new key for this thread did not come about just now. What you wrote is still here: try again in a moment.",
  "earlier-keys": "It was sealed for keys that you do not have any more, so it cannot be sent. Write it once more.",
  "not-compared": "Compare the safety words first. Nothing is given back before that.",
  "no-keys": "Nothing was sent: your keys are not made yet. What you wrote is still here.",
  large: "That file is larger than 10 MB. Send a smaller one, or a link.",
  empty: "There is nothing in that file.",
  "too-much": "That is more than goes in one piece. Choose less of what was said; you can send a second one.",
  disclosure: "This does not open with your keys. Ask whoever sent it, or use the telephone.",
  "false-keys": "The keys the server shows do not fit together, so nothing was sent. Tell whoever looks after Alongside.",
  renewed: "Your keys are new. Compare the six safety words first; what you wrote is still here.",
  "not-come": "The key to this conversation has not come from the server. Load the page again; what you wrote is still here.",
  "not-granted": "You can write here once the other person has written first. What you wrote is still here.",
  locked: "Your keys were locked meanwhile. Unlock them and send again; what you wrote is still here.",
  vault: "Your keys on the server are not the ones you made. Tell whoever looks after Alongside.",
  context: "Your keys on the server are not the ones you made. Tell whoever looks after Alongside.",
};

/** Said wherever the session is over. */
export const SIGNED_OUT = "You are signed out. Sign in again; what you wrote is kept.";

/** Said where a conversation was open a moment ago, and is no more. */
export const GONE = "This is not open to you any more: it was deleted, or somebody else has signed in in this browser.";

/** Said where the browser has no keys to give. */
export const NOT_SECURE =
  "Words cannot be sealed here, because this page was not opened over https. Tell whoever looks after Alongside; everything else works.";

/** Said while the server cannot be reached and nobody pressed anything. */
export const NO_CONNECTION = "There is no connection just now. You can go on writing: it is kept, and goes later.";

/** A sentence for the person; `nothing lost` is true wherever it is shown. */
export function sentenceFor(error) {
  if (error instanceof SignedOut) return SIGNED_OUT;
  if (error instanceof Stopped) return "Stopped. Nothing was sent.";
  if (error instanceof Away) return "There is no connection just now. Nothing is lost: try again in a moment.";
  if (error instanceof Turned)
    return error.sentence || `The server did not take it (${error.status}). Nothing is lost: try again.`;
  if (error instanceof Refused) return CODES[error.code] ?? `This did not open (${error.code}).`;
  return "Something did not work in this browser. Nothing is lost: load the page again.";
}
