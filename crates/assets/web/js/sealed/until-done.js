// A page that could not be opened for want of a connection opens by itself when there is one.

/**
 * Does `work` now, and again whenever a connection is back, until it was done once.
 * @param {() => Promise<boolean>} work says whether it was done
 */
export function untilDone(work) {
  let over = false;
  const go = async () => {
    if (over) return;
    over = true;
    over = await work();
  };
  addEventListener("online", go);
  return go();
}
