/** Addresses of the companion's own pages, from what an answer names: nobody may send the user elsewhere. */

/**
 * @param {string} named a path, or an address of this very service
 * @param {number} port
 * @returns {string | null} null where it leads anywhere but to a page on this port
 */
export function addressOf(named, port) {
  const home = `http://127.0.0.1:${port}`;
  if (named.startsWith(`${home}/`)) return addressOf(named.slice(home.length), port);
  return /^\/(?![/\\])/.test(named) ? home + named : null;
}
