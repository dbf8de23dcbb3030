// Sending a file from the box, and opening one that came.
import { button, el, freshId, status } from "./dom.js";
import { checkFile, readFileItem, safeName, sizeWords } from "./files.js";
import { Refused } from "./box.js";
import { Stopped } from "./net.js";
import { sentenceFor } from "./sentences.js";

const KEPT = "It is kept here to try again, until this page is closed.";
const UNOPENED = "This file does not open here. It was changed on its way, or sealed for other keys.";

/** "Add a file" below the box. */
export class FileField {
  /** @param {{files: object, ready: () => Promise<void>, sent: () => Promise<void>}} parts `ready` makes or unlocks keys */
  constructor(parts) {
    this.parts = parts;
    const id = freshId("file");
    this.input = el("input", { type: "file", id, onchange: () => this.#chosen() });
    this.said = status("small");
    this.inside = el("div", { class: "stack-s" });
    this.node = el(
      "details",
      { class: "more said-file" },
      el("summary", {}, "Add a file"),
      el(
        "div",
        { class: "stack-s" },
        el("label", { class: "f", for: id }, "A file for the two of you, at most 10 MB"),
        this.input,
        this.inside,
        this.said.node,
      ),
    );
  }

  /** Forgets the file that was chosen. */
  clear() {
    this.stop?.abort();
    this.upload = null;
    this.input.value = "";
    this.input.hidden = false;
    this.inside.replaceChildren();
  }

  #chosen() {
    const [blob] = this.input.files;
    this.said.say("");
    this.inside.replaceChildren();
    this.upload = null;
    if (!blob) return;
    try {
      checkFile(blob);
    } catch (fault) {
      this.said.say(sentenceFor(fault));
      this.input.value = "";
      return;
    }
    this.upload = this.parts.files.begin(blob);
    this.#draw(blob);
  }

  #draw(blob) {
    const id = freshId("file-note");
    this.note = el("input", { type: "text", id, autocomplete: "off" });
    this.press = button("Send the file", () => this.#send(), "btn small");
    this.cancel = button("Cancel", () => this.#cancel(), "btn small quiet");
    this.inside.replaceChildren(
      el("p", {}, `${safeName(blob.name)}, ${sizeWords(blob.size)}`),
      el("div", { class: "field" }, el("label", { class: "f", for: id }, "A word about it (optional)"), this.note),
      el("div", { class: "row" }, this.press, this.cancel),
    );
  }

  #cancel() {
    if (this.stop) return this.stop.abort();
    this.clear();
    this.said.say("");
    this.input.focus();
  }

  async #send() {
    if (this.stop) return;
    const { files, ready, sent } = this.parts;
    const { upload } = this;
    const stop = new AbortController();
    this.stop = stop;
    this.press.setAttribute("aria-disabled", "true");
    // Another file chosen meanwhile would go away with this one.
    this.input.disabled = true;
    const words = { sealing: "Sealing …", sending: `Sending ${sizeWords(upload.blob.size)} …` };
    try {
      await ready();
      await files.send(upload, this.note.value.trim(), { signal: stop.signal, told: (step) => this.said.say(words[step]) });
      this.stop = null;
      this.clear();
      this.said.say("The file is on its way.");
      await sent();
    } catch (fault) {
      const words = sentenceFor(fault);
      this.said.say(fault instanceof Stopped ? words : `${words} ${KEPT}`);
      this.press.textContent = "Try again";
    } finally {
      this.stop = null;
      this.input.disabled = false;
      this.press.removeAttribute("aria-disabled");
    }
  }
}

function saveLink({ bytes, name, type }) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  return el("a", { href: address, download: name, class: "btn small ghost" }, "Save it again");
}

/** What stands in the thread for a file, or null if the entry says something else. */
export function fileBody(entry, files) {
  const item = readFileItem(entry.text);
  if (!item) return null;
  const said = status("small");
  const place = el("div", { class: "row" });
  const opening = button(
    "Open",
    async () => {
      if (opening.hasAttribute("aria-disabled")) return;
      opening.setAttribute("aria-disabled", "true");
      said.say("Opening …");
      try {
        const link = saveLink(await files.open(entry));
        place.replaceChildren(link);
        link.click();
        link.focus();
        said.say("Opened and saved with your downloads.");
      } catch (fault) {
        said.say(fault instanceof Refused ? UNOPENED : sentenceFor(fault));
      } finally {
        opening.removeAttribute("aria-disabled");
      }
    },
    "btn small ghost",
  );
  place.append(opening);
  return [
    el("p", { class: "said-text" }, el("b", {}, safeName(item.name)), `, ${sizeWords(item.size)}`),
    item.note ? el("p", { class: "said-text" }, item.note) : null,
    entry.state === "sent" ? place : null,
    said.node,
  ].filter(Boolean);
}
