// What is asked of the companion goes one after another, so that no answer shows the plan as it was before the last
// change.

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Does it once all that came before is done, well or not.
 * @template Result
 * @param {() => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export function inTurn(act) {
  const turn = last.then(act);
  last = Promise.allSettled([turn]);
  return turn;
}

/** Waits for all turns, those that are added meanwhile too. */
export async function settled() {
  for (let seen; seen !== last; ) {
    seen = last;
    await seen;
  }
}
