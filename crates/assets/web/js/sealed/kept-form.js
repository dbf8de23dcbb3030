// A form whose fields are kept as a sealed draft until it is sent.
import { button, el, field, form, freshId, status } from "./dom.js";
import { Keeping } from "./keeping.js";
import { sentenceFor } from "./sentences.js";

/** A text of one or more lines. */
export function textField({ name, label, hint, rows = 2, needed = "" }) {
  const input = el("textarea", { rows: String(rows), required: Boolean(needed) });
  return {
    name,
    needed,
    ...field({ label, hint, input }),
    input,
    get: () => input.value.trim(),
    set: (text) => (input.value = text),
  };
}

/** A text of one line. */
export function lineField({ name, label, hint }) {
  const input = el("input", { type: "text", autocomplete: "off" });
  return {
    name,
    ...field({ label, hint, input }),
    input,
    get: () => input.value.trim(),
    set: (text) => (input.value = text),
  };
}

/** A day. */
export function dayField({ name, label, hint }) {
  const input = el("input", { type: "date" });
  return { name, ...field({ label, hint, input }), input, get: () => input.value, set: (text) => (input.value = text) };
}

/** One of several. @param {{choices: [string, string][]}} parts value and words of each */
export function choiceField({ name, label, hint, choices }) {
  const id = freshId("choice");
  const radios = choices.map(([value]) => el("input", { type: "radio", name: id, value }));
  radios[0].checked = true;
  const chips = choices.map(([, words], at) => el("label", { class: "chip" }, radios[at], el("span", {}, words)));
  const node = el(
    "fieldset",
    { class: "plain field" },
    el("legend", { class: "f" }, label),
    hint ? el("p", { class: "hint" }, hint) : null,
    el("div", { class: "chips" }, ...chips),
  );
  const set = (text) => {
    for (const radio of radios) radio.checked = radio.value === text;
  };
  return {
    name,
    node,
    input: radios[0],
    wrong: () => {},
    get: () => radios.find(({ checked }) => checked)?.value ?? "",
    set,
  };
}

async function fill(fields, values, drafts, about) {
  for (const { name, set } of fields) if (values[name]) set(values[name]);
  try {
    const kept = JSON.parse((await drafts.load(about)) || "{}");
    for (const { name, set } of fields) if (kept[name]) set(kept[name]);
  } catch {
    // A draft that cannot be read is none.
  }
}

/**
 * @param {{title: string, fields: object[], values?: object, about: string, drafts: object, press: string,
 *   send: (values: object) => Promise<void>, close: () => void, check?: (values: object) => string}} parts `about` names the
 *   draft; `check` says what is wrong with the whole, or ""
 */
export function keptForm({ title, fields, values = {}, about, drafts, press, send, close, check = () => "" }) {
  const said = status("error-text");
  said.node.hidden = true;
  const tell = (words) => {
    said.node.hidden = !words;
    said.say(words);
  };
  const now = () => Object.fromEntries(fields.map(({ name, get }) => [name, get()]));
  const keeping = new Keeping(() => drafts.save(about, JSON.stringify(now())));
  const leave = async () => {
    await keeping.stop();
    await drafts.clear(about).catch(() => {});
    close();
  };
  const act = async () => {
    const empty = fields.filter(({ needed, get }) => needed && !get());
    for (const one of fields) one.wrong(empty.includes(one) ? one.needed : "");
    if (empty.length) return empty[0].input.focus();
    const wrong = check(now());
    tell(wrong);
    if (wrong) return fields[0].input.focus();
    try {
      await send(now());
      await leave();
    } catch (fault) {
      tell(sentenceFor(fault));
    }
  };
  const heading = el("h3", { tabindex: "-1" }, title);
  const node = form(
    { class: "card stack said-step", "aria-label": title },
    act,
    heading,
    ...fields.map((one) => one.node),
    said.node,
    el("div", { class: "row" }, el("button", { class: "btn", type: "submit" }, press), button("Cancel", leave, "btn quiet")),
  );
  keeping.watch(node);
  fill(fields, values, drafts, about);
  return { node, focus: () => fields[0].input.focus() };
}
