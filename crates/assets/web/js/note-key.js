// `n` goes to the page for noting a conversation, from anywhere but a field.

const FIELDS = "input, textarea, select, dialog, [contenteditable]:not([contenteditable=false])";

/** Whether this key press asks for a new note. */
export function asksForNote(event) {
  const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
  if (event.key !== "n" || modified || event.repeat || event.isComposing || event.defaultPrevented) return false;
  return !event.target?.closest?.(FIELDS);
}

/** Listens if the page names an address in `data-note-key` on its body. */
export function noteKey(page) {
  const address = page.body.dataset.noteKey;
  if (!address) return;
  page.addEventListener("keydown", (event) => {
    if (!asksForNote(event)) return;
    event.preventDefault();
    location.assign(address);
  });
}
