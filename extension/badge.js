/** The one place that decides what stands on the icon. */
import { api } from './api.js';
import { obstacle } from './connection.js';
import * as database from './database.js';
import { t } from './messages.js';
import * as settings from './settings.js';
import { ownOf, standingOf } from './standing.js';

const ACCENT = '#0d6557';
const WARN = '#8a4b08';
const FLASH = 3_000;

/** @typedef {{code: string, flash: boolean, standing: import('./types').Standing, waiting: number}} Facts */

/**
 * The digits come first, since the user compares them; then what was just saved, what needs them, and what waits.
 * @param {Facts} facts
 */
export function decide({ code, flash, standing, waiting }) {
  if (code) return { text: code, color: ACCENT };
  if (flash) return { text: '✓', color: ACCENT };
  if (standing === 'needs_you') return { text: '!', color: WARN };
  return { text: standing === 'waiting' ? String(waiting) : '', color: ACCENT };
}

/** @returns {Promise<Facts>} */
async function facts() {
  const [kept, entries] = await Promise.all([settings.all(), database.entries()]);
  return {
    code: obstacle(kept)?.code ?? '',
    flash: Date.now() < kept.flashUntil,
    standing: standingOf(entries, kept),
    waiting: ownOf(entries).filter((entry) => entry.state === 'waiting').length,
  };
}

/** Draws the badge anew from what is stored. */
export async function refresh() {
  const known = await facts();
  await draw(decide(known), known.standing === 'saved' ? '' : t(`standing_${known.standing}`));
}

/** @param {{text: string, color: string}} badge @param {string} words what it stands for, read out and shown on hovering */
async function draw({ text, color }, words) {
  await api.action.setTitle({ title: [t('action_title'), words].filter(Boolean).join(' · ') });
  await api.action.setBadgeText({ text });
  await api.action.setBadgeBackgroundColor({ color });
  await api.action.setBadgeTextColor({ color: '#ffffff' });
}

/** Something could not be kept at all: that stands on the icon until it is drawn anew. */
export function warnFull() {
  return draw({ text: '!', color: WARN }, t('state_full'));
}

/** A tick for three seconds, after a save without a popup. */
export async function flash() {
  await settings.set({ flashUntil: Date.now() + FLASH });
  await refresh();
  setTimeout(() => void refresh(), FLASH + 50);
}
