// What is sealed, on whichever page has a place for it, and wherever one signs out. Does nothing elsewhere.
import { browserStore } from "./sealed/store.js";
import { network } from "./sealed/net.js";
import { forgetLive } from "./sealed/own-keys.js";
import { forgetTyped } from "./sealed/drafts.js";
import { ThreadPage } from "./sealed/page-thread.js";
import { AskPage } from "./sealed/page-ask.js";
import { DisclosePage } from "./sealed/page-disclose.js";
import { DisclosurePage } from "./sealed/page-disclosure.js";
import { ExportPage } from "./sealed/page-export.js";
import { NotepadPage } from "./sealed/page-notepad.js";
import { KeysPage } from "./sealed/page-keys.js";
import { ProvePage } from "./sealed/page-prove.js";
import { el } from "./sealed/dom.js";
import { NOT_SECURE } from "./sealed/sentences.js";

const LONGEST = 800;
const kept = browserStore();
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("alongside") : null;
let page = null;

function session() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}

/** Clears every unlocked key from this browser, in every window. Keys of own devices and sealed drafts stay. */
export async function forget() {
  others?.postMessage("forget");
  await page?.forgotten().catch(() => {});
  const typed = session();
  if (typed) forgetTyped(typed);
  await forgetLive(await kept);
}

others?.addEventListener("message", ({ data }) => data === "forget" && page?.forgotten());

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (new URL(form.action, location.href).pathname !== "/sign-out") return;
    event.preventDefault();
    // Signing out never waits long for this.
    const late = new Promise((resolve) => setTimeout(resolve, LONGEST));
    Promise.race([forget().catch(() => {}), late]).then(() => form.submit());
  },
  { capture: true },
);

const PAGES = [
  ["#prove[data-nonce]", "#prove-body", ProvePage],
  ["#said[data-thread]", "#said-body", ThreadPage],
  ["#disclose[data-thread]", "#disclose-body", DisclosePage],
  ["#disclosure[data-disclosure]", "#disclosure-body", DisclosurePage],
  ["#notepad[data-thread]", "#notepad-body", NotepadPage],
  ["#keys", "#keys-body", KeysPage],
  ["#export", "#export-body", ExportPage],
  ["form #ask-words", "#ask-words", AskPage],
];

async function start() {
  const [selector, body, Page] = PAGES.find(([one]) => document.querySelector(one)) ?? [];
  if (!Page) return;
  if (!globalThis.isSecureContext) {
    // Without https a browser gives a page no keys.
    document.querySelector(body).append(el("div", { class: "note" }, el("p", {}, NOT_SECURE)));
    return;
  }
  page = new Page(document.querySelector(selector), { net: network(), store: await kept, session: session() });
  await page.start();
}

start();
