/**
 * The browser's extension API under one name: Firefox calls it `browser`, Chromium `chrome`; both answer with promises.
 * @type {typeof chrome}
 */
export const api = globalThis.browser ?? globalThis.chrome;
