/** The alarm that wakes the extension when something waits to be sent, should the worker end before it is. */
import { api } from './api.js';

export const ALARM = 'outbox';

/** @param {number} at milliseconds since 1970 */
export async function wakeAt(at) {
  await api.alarms.create(ALARM, { when: at });
}

export async function sleep() {
  await api.alarms.clear(ALARM);
}
