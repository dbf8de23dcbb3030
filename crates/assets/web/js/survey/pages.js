// The two pages of a survey: a ticket is taken under one's name on the one, and an answer goes without a name from the other.

import { TOKEN, blind, finish } from "./blind.js";
import { base64, keeper, moment, unbase64 } from "./kept.js";
import { send, sendDue } from "./send.js";

const seconds = () => Math.floor(Date.now() / 1000);
const only = (all, chosen) => all.forEach((one) => (one.hidden = one !== chosen));

/** Has a ticket signed that the server does not see. What was blinded is kept first, so that a lost answer can be asked for again. */
async function take(section, kept) {
  const { survey, key } = section.dataset;
  const modulus = unbase64(key);
  let asked = kept.asked(survey);
  if (asked?.key !== key) {
    const token = crypto.getRandomValues(new Uint8Array(TOKEN));
    const { blinded, inverse } = await blind(modulus, token);
    asked = { survey, key, token: base64(token), blinded: base64(blinded), inverse: base64(inverse) };
    kept.ask(asked);
  }
  const reply = await fetch("/survey/ticket", {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    body: new URLSearchParams({ csrf: section.dataset.csrf, survey, blinded: asked.blinded }),
  });
  const said = await reply.json().catch(() => ({}));
  if (!reply.ok) {
    if (said.code === "taken") kept.forget(asked);
    throw new Error(said.sentence ?? "");
  }
  const signature = await finish(modulus, unbase64(asked.token), unbase64(said.signed), unbase64(asked.inverse));
  kept.signed({ survey, key, token: asked.token, signature: base64(signature) });
}

/** The page where one is known. */
export function taking(section, kept = keeper()) {
  const states = [...section.querySelectorAll("[data-state]")];
  const show = (name) => only(states, states.find((one) => one.dataset.state === name));
  const say = section.querySelector("[role=status]");
  const { survey, taken } = section.dataset;
  if (kept.ticket(survey)) show("ready");
  else if (kept.letters().some((one) => one.survey === survey)) show("waits");
  else if (taken === "yes" && !kept.asked(survey)) show("taken");
  else show("take");
  section.querySelector("button[data-take]")?.addEventListener("click", async (event) => {
    const button = event.currentTarget;
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    say.textContent = "One moment …";
    try {
      await take(section, kept);
      say.textContent = "";
      show("ready");
      section.querySelector("[data-state=ready] a")?.focus();
    } catch (fault) {
      say.textContent = fault.message || "That did not work. Try again in a few minutes.";
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

function wrongAt(form, field, words) {
  const place = form.querySelector(`#${CSS.escape(field)}`);
  const error = place?.querySelector(".error-text");
  if (!error) return;
  place.classList.add("bad");
  error.textContent = words;
  error.hidden = false;
  place.querySelector("input")?.focus();
}

/** What was chosen, or the field where something is missing. */
export function chosen(entries, statements) {
  const all = new Map();
  for (const [name, value] of entries) all.set(name, [...(all.get(name) ?? []), value]);
  const side = all.get("side")?.[0];
  if (!side) return { field: "side", words: "Say whether you are in the role." };
  const missing = statements.find((one) => !all.get(one));
  if (missing) return { field: missing, words: "Choose one: “Cannot say” is an answer too." };
  const factors = all.get("factor") ?? [];
  if (factors.length > 5) return { field: "factors", words: "Choose at most five." };
  return { answer: { side, choices: statements.map((one) => all.get(one)[0]), factors } };
}

/** The page where nobody is known. */
export function answering(section, kept = keeper()) {
  const states = [...section.querySelectorAll("[data-state]")];
  const show = (name) => {
    const state = states.find((one) => one.dataset.state === name);
    only(states, state);
    const heading = state?.querySelector("h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  };
  const form = section.querySelector("form");
  const say = form.querySelector("[role=status]");
  const { survey, key, until } = section.dataset;
  // A key made for one person alone would mark their ticket: here nobody is known, so here it is everybody's.
  const ticket = () => [kept.ticket(survey)].find((one) => one?.key === key);
  const waits = () => kept.letters().some((one) => one.survey === survey);
  if (ticket()) only(states, states.find((one) => one.dataset.state === "form"));
  else show(waits() ? "waits" : "none");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelectorAll(".bad").forEach((one) => one.classList.remove("bad"));
    form.querySelectorAll(".error-text").forEach((one) => (one.hidden = true));
    const found = chosen(new FormData(form), section.dataset.statements.split(" "));
    if (!found.answer) return wrongAt(form, found.field, found.words);
    const letter = { ...ticket(), answer: found.answer };
    if (event.submitter?.value === "later") {
      kept.later({ ...letter, due: moment(seconds(), Number(until)) });
      show("waits");
      return look();
    }
    say.textContent = "Sending …";
    const said = await send(letter);
    say.textContent = said.done ? "" : said.sentence;
    if (!said.done) return said.field && wrongAt(form, said.field, said.sentence);
    kept.forget(letter);
    show("sent");
  });
  section.querySelector("button[data-now]")?.addEventListener("click", async () => {
    const mine = kept.letters().filter((one) => one.survey === survey);
    for (const letter of mine) if ((await send(letter)).done) kept.forget(letter);
    if (!waits()) show("sent");
  });

  async function look() {
    const { next, late } = await sendDue(kept, seconds());
    if (next !== null) setTimeout(look, Math.max(5, Math.min(next - seconds(), 3600)) * 1000);
    else if (!states.find((one) => one.dataset.state === "waits").hidden) show(late ? "late" : "sent");
  }
  look();
}
