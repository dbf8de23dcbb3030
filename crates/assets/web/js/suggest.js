// On the ask form: when a theme is chosen, the practitioners are put in the order the server suggests, with its reasons.
// If anything fails, nothing changes and the button for people without script still works.

const PAUSE = 200;
const KINDS = { good: "tag good", warn: "tag warn" };

/** The body to send: the form's csrf token and themes, nothing else that was typed. */
export function themeBody(entries) {
  return new URLSearchParams([...entries].filter(([name]) => name === "csrf" || name === "theme"));
}

/** `present` reordered by `order`; whoever the answer does not name keeps their place at the end. */
export function reordered(present, order) {
  const named = order.filter((person) => present.includes(person));
  return [...new Set([...named, ...present])];
}

/** The class of a reason's tag. */
export function tagClass(kind) {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind] : "tag";
}

function rewriteReasons(card, reasons) {
  const why = card.querySelector(".why");
  if (!why) return;
  const element = why.matches("ul, ol") ? "li" : "span";
  why.replaceChildren(
    ...reasons.map(({ text, kind }) => {
      const tag = document.createElement(element);
      tag.className = tagClass(kind);
      tag.textContent = text;
      return tag;
    }),
  );
}

function putInOrder(list, cards) {
  const held = document.activeElement;
  for (const card of cards) {
    // moveBefore keeps focus and state; append loses the focus only.
    if (list.moveBefore) list.moveBefore(card, null);
    else list.append(card);
  }
  if (held !== document.activeElement && list.contains(held)) held.focus({ preventScroll: true });
}

function apply(form, answer) {
  const list = form.querySelector("[data-people]");
  if (!list) return;
  const cards = new Map([...list.querySelectorAll(".person[data-person]")].map((card) => [card.dataset.person, card]));
  const wanted = reordered([...cards.keys()], answer.order.map(({ person }) => person));
  if (wanted.join() !== [...cards.keys()].join()) putInOrder(list, wanted.map((person) => cards.get(person)));
  for (const { person, why } of answer.order) {
    if (cards.has(person)) rewriteReasons(cards.get(person), why);
  }
  const live = form.querySelector("[data-live]");
  const first = cards.get(wanted[0]);
  const name = first?.dataset.name ?? first?.querySelector(".body > :first-child")?.textContent.trim();
  if (live && name) live.textContent = `${name} is first now.`;
}

async function ask(form, signal) {
  const reply = await fetch(form.dataset.suggest, {
    method: "POST",
    body: themeBody(new FormData(form)),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    signal,
  });
  if (!reply.ok) throw new Error(`suggestions: ${reply.status}`);
  return reply.json();
}

export function suggest(form) {
  let timer;
  let asking;
  form.querySelectorAll("[data-noscript-only]").forEach((element) => (element.hidden = true));
  form.addEventListener("change", (event) => {
    if (event.target.name !== "theme") return;
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(async () => {
      const mine = (asking = new AbortController());
      try {
        const answer = await ask(form, mine.signal);
        if (!mine.signal.aborted) apply(form, answer);
      } catch {
        // The order stays as it was; the button asks the server in the plain way.
        if (!mine.signal.aborted) form.querySelectorAll("[data-noscript-only]").forEach((element) => (element.hidden = false));
      }
    }, PAUSE);
  });
}
