// A second click on a slow line must not send a form twice. The server is safe against it anyway.

export const PAUSE = 4000;

/** Whether a form sent at `last` (milliseconds, undefined if never) may not be sent again at `now`. */
export function tooSoon(last, now) {
  return last !== undefined && now - last < PAUSE;
}

export function once(page) {
  const sent = new Map();
  const release = (form) => {
    sent.get(form)?.button?.removeAttribute("aria-disabled");
    sent.delete(form);
  };

  page.addEventListener("submit", (event) => {
    const form = event.target;
    // A form that another script sends, or that only closes a dialog, is none of our business.
    if (event.defaultPrevented || (event.submitter?.formMethod || form.method) === "dialog") return;
    if (tooSoon(sent.get(form)?.at, event.timeStamp)) {
      event.preventDefault();
      return;
    }
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    const entry = { at: event.timeStamp, button };
    sent.set(form, entry);
    setTimeout(() => sent.get(form) === entry && release(form), PAUSE);
  });

  // Back again from the browser's cache of pages: everything can be sent afresh.
  addEventListener("pageshow", (event) => {
    if (event.persisted) [...sent.keys()].forEach(release);
  });
}
