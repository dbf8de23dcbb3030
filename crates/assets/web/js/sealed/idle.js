// A page left alone takes what it opened off the screen once its keys lock.

const LOOK = 20_000;

/** Notes use of the page, and calls `locked` when the keys locked for want of it. @param {object} keys see OwnKeys */
export function lockWhenIdle(keys, locked) {
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, () => keys.touch());
  setInterval(async () => (await keys.expire()) && locked(), LOOK);
}
