// One file to read: everything gathered, as a page without scripts. Every text is escaped.
import { citedWords } from "./cites.js";
import { readEarlier } from "./hand-over.js";
import { readFileItem, sizeWords } from "./files.js";
import { LABELS, isLesson, isPlanned } from "./kinds.js";
import { lessonWords } from "./lesson.js";
import { readPlanned } from "./plan.js";
import { momentWords } from "./times.js";

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in markup, in an attribute too. */
export const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]);

const STYLE =
  "body{font:17px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#14212b}" +
  "article{border:1px solid #e3e0d8;border-radius:10px;padding:.6rem 1rem;margin:.6rem 0}" +
  ".text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0}.soft{color:#44545f;font-size:15px;margin:.2rem 0}" +
  "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:15px}";

const NAMES = { ...LABELS, message: "Message", goal: "Goal", trial: "Trial", proposal: "Proposal", disclosure: "Passed on" };
const MEMBERS = {
  what: "What",
  why: "Why",
  by: "By",
  evidence: "Why it may help",
  tried: "Tried",
  happened: "What happened",
};

const line = (kind, text) => `<p class="${kind}">${escaped(text)}</p>`;

function plannedWords(kind, text) {
  const value = readPlanned(kind, text);
  if (!value) return text;
  const words = Object.entries(MEMBERS).map(([name, label]) => (value[name] ? `${label}: ${value[name]}` : ""));
  const last = { goal: value.state, trial: value.verdict }[kind];
  return [...words, ...citedWords(value), last ? `Now: ${last}` : ""].filter(Boolean).join("\n");
}

function words(kind, text) {
  if (text === null) return "This does not open.";
  if (isPlanned(kind)) return plannedWords(kind, text);
  if (isLesson(kind)) return lessonWords(kind, text) ?? text;
  if (kind === "file") {
    const file = readFileItem(text);
    return file ? [`${file.name}, ${sizeWords(file.size)}`, file.note].filter(Boolean).join("\n") : text;
  }
  if (kind !== "earlier") return text;
  const earlier = readEarlier(text);
  if (!earlier) return text;
  return earlier.items.map((one) => `${momentWords(one.at)}, ${one.author || "the teacher"}:\n${one.text}`).join("\n\n");
}

function item({ item: name, kind, by, state, versions }, files) {
  const file = files.find((one) => one.item === name);
  const link = file
    ? `<p><a download="${escaped(file.name)}" href="data:${escaped(file.type)};base64,${file.base64}">Keep ${escaped(file.name)}</a></p>`
    : "";
  const told = versions.map(
    ({ at, text }, n) =>
      line("soft", `${at === null ? "" : momentWords(at)}${n ? " (changed)" : ""}${state === "sent" ? "" : " (not sent yet)"}`) +
      line("text", words(kind, text)),
  );
  return `<article><h3>${escaped(`${NAMES[kind] ?? kind}, ${by}`)}</h3>${told.join("")}${link}</article>`;
}

function thread({ title, with: other, from, to, items, files, closed }) {
  const span = [from, to].filter(Boolean).join(" to ");
  const missing = closed.length
    ? `<h3>What could not be opened</h3><ul>${closed.map(({ what, why }) => `<li>${escaped(`${what}. ${why}`)}</li>`).join("")}</ul>`
    : "";
  const said = items.length ? items.map((one) => item(one, files)).join("") : line("soft", "Nothing was said here.");
  return `<section><h2>${escaped(title ?? other ?? "A thread")}</h2>${line("soft", span)}${said}${missing}</section>`;
}

/** @param {{made: string, server: object, threads: object[], disclosures?: object[]}} gathered @returns {string} a whole page */
export function htmlOf({ made, server, threads, disclosures = [] }) {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return (
    `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>Everything of yours in Alongside</title>` +
    `<style>${STYLE}</style></head><body><main><h1>Everything of yours in Alongside</h1>` +
    line("soft", `Put together in your browser on ${made.slice(0, 10)}. Whoever has this file can read it.`) +
    [...threads, ...disclosures].map(thread).join("") +
    `<section><h2>What the program knows about you</h2><pre>${escaped(JSON.stringify(server, null, 2))}</pre></section>` +
    `</main></body></html>`
  );
}
