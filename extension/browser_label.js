/** How the user knows this browser, in the list of the companion too: "Chrome on Windows". @param {string} userAgent */
export function browserLabel(userAgent) {
  return `${firstMatch(BROWSERS, userAgent)} on ${firstMatch(SYSTEMS, userAgent)}`;
}

/** @type {[RegExp, string][]} */
const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
];

/** @type {[RegExp, string][]} */
const SYSTEMS = [
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

/** @param {[RegExp, string][]} table @param {string} userAgent */
function firstMatch(table, userAgent) {
  return table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'this computer';
}
