/** The one place that decides what stands on the icon. */
import { api } from './api.js';
import * as database from './database.js';
import * as settings from './settings.js';

const ACCENT = '#0d6557';
const WARN = '#8a4b08';
const FLASH = 3_000;

/** @typedef {{code: string, flash: boolean, needsYou: boolean, waiting: number}} Facts */

/**
 * The digits come first, since the user compares them; then what was just saved, what needs them, and what waits.
 * @param {Facts} facts
 */
export function decide({ code, flash, needsYou, waiting }) {
  if (code) return { text: code, color: ACCENT };
  if (flash) return { text: '✓', color: ACCENT };
  if (needsYou) return { text: '!', color: WARN };
  return { text: waiting ? String(waiting) : '', color: ACCENT };
}

/** @returns {Promise<Facts>} */
async function facts() {
  const [{ asking, needsPairing, flashUntil }, entries] = await Promise.all([settings.all(), database.entries()]);
  const own = entries.filter((entry) => entry.kind !== 'segments');
  return {
    code: asking && !asking.over ? asking.code : '',
    flash: Date.now() < flashUntil,
    needsYou: needsPairing || Boolean(asking?.over) || own.some((entry) => entry.state === 'parked'),
    waiting: own.filter((entry) => entry.state === 'waiting').length,
  };
}

/** Draws the badge anew from what is stored. */
export async function refresh() {
  const { text, color } = decide(await facts());
  await api.action.setBadgeText({ text });
  await api.action.setBadgeBackgroundColor({ color });
  await api.action.setBadgeTextColor({ color: '#ffffff' });
}

/** A tick for three seconds, after a save without a popup. */
export async function flash() {
  await settings.set({ flashUntil: Date.now() + FLASH });
  await refresh();
  setTimeout(() => void refresh(), FLASH + 50);
}
