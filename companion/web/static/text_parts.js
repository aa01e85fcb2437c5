// Parts that are put into a text and taken out of it again, whatever else was typed there meanwhile.

// What goes on a word or an address.
const GOES_ON = /[\p{L}\p{N}_/=-]/u;

/** The text with a part on a line of its own, over the first of those that come below it. */
export function withPart(text, part, gap, below = []) {
  if (says(text, part)) return text;
  const lines = text.split("\n");
  const places = below.map((other) => lineOf(lines, other)).filter((at) => at >= 0);
  return around(lines, Math.min(...places, lines.length), 0, gap, [part]);
}

/** The text without a part that has a line of its own, and without the gap before it. */
export function withoutPart(text, part, gap) {
  const lines = text.split("\n");
  const at = lineOf(lines, part);
  return at < 0 ? text : around(lines, at, 1, gap, []);
}

/** What stands before a line, what comes there, and what stands behind it. */
function around(lines, at, taken, gap, put) {
  const before = lines.slice(0, at).join("\n").trimEnd();
  const after = lines.slice(at + taken).join("\n").replace(/^\n+/, "");
  return [before, ...put, after].filter(Boolean).join(gap);
}

function lineOf(lines, part) {
  return lines.findLastIndex((line) => line.trim() === part);
}

function says(text, part) {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!GOES_ON.test(text[at - 1] ?? "") && !GOES_ON.test(text[at + part.length] ?? "")) return true;
  }
  return false;
}

/**
 * A list of names, as a field of one line holds it, with one more. Names stand apart by commas, or by semicolons where
 * one holds a comma.
 */
export function withName(list, name) {
  const names = list.split(list.includes(";") ? ";" : ",").map((one) => one.trim()).filter(Boolean);
  if (names.some((one) => one.toLowerCase() === name.toLowerCase())) return list;
  const all = [...names, name];
  return all.some((one) => one.includes(",")) ? `${all.join("; ")};` : all.join(", ");
}
