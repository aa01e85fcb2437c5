/** Stories to keep: each with a number, an address and a page of its own. */
import './browser.js';
const queue = await import('../../extension/queue.js');

/** The capture of a story, as a click makes it. */
export function capture(number, changes = {}) {
  return {
    id: `00000000-0000-4000-8000-00000000000${number}`,
    url: `https://weekly.test/${number}`,
    title: `Story ${number}`,
    captured_at: '2026-11-24T07:40:00Z',
    client: { name: 'test', version: '1' },
    ...changes,
  };
}

/** Keeps a story until it is sent. */
export function keep(number, { html = '<p>text</p>', ...changes } = {}) {
  return queue.addCapture(capture(number, changes), html, `https://weekly.test/${number}`);
}
