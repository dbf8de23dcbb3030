// A page left alone takes what it opened off the screen once its keys lock.

const LOOK = 20_000;

/** Notes use of the page, and calls `locked` when the keys locked for want of it. @param {object} keys see OwnKeys */
export function lockWhenIdle(keys, locked) {
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, () => keys.touch());
  const look = async () => (await keys.expire()) && locked();
  setInterval(look, LOOK);
  // Timers of a page that is put away sleep: nobody who takes it up again sees what was open.
  document.addEventListener("visibilitychange", () => !document.hidden && look());
}
