/**
 * The clock that is put into a curated page, until it is left. Copied into the page as text, so it uses nothing from
 * outside itself. It keeps the time, the background only stores it: the worker's death loses nothing.
 *
 * A stretch counts while the page is visible, in focus, and was touched less than two minutes ago. It is sent up to the
 * last sign of life (a touch, or leaving the page by hand), so that nothing ever has to be taken back.
 */

/**
 * @param {{key: string, prefix: string, words: number | null}} page
 */
export function runClock(page) {
  const TICK = 15_000;
  const BRIDGE = 20_000;
  const ATTENTION = 120_000;
  const JUMP = 2_000;
  const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'scroll', 'touchstart'];
  const FLUSHES = ['blur', 'focus', 'pagehide', 'freeze'];

  const home = /** @type {{__kwartierClock?: boolean}} */ (globalThis);
  if (home.__kwartierClock) return;
  home.__kwartierClock = true;

  const runtime = (globalThis.browser ?? globalThis.chrome).runtime;
  const address = location.href.replace(/#.*/, '');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  /** @type {{id: string, wall: number, from: number} | null} */
  let stretch = null;
  let count = 0;
  let sent = 0;
  let lastInput = performance.now();
  let lastTick = performance.now();

  const isLeft = () => location.href.replace(/#.*/, '') !== address;
  const isAttended = () => document.visibilityState === 'visible' && document.hasFocus() && !isLeft();

  /** @param {number} until */
  const send = (until) => {
    if (!stretch || until - stretch.from < 1000 || until <= sent) return;
    sent = until;
    const { id, wall, from } = stretch;
    const segment = {
      id,
      start: new Date(wall).toISOString(),
      end: new Date(wall + until - from).toISOString(),
      zone,
      activity: 'read',
      site: 'curated',
      reason: 'curated_page',
      ...(page.words === null ? {} : { words: page.words }),
    };
    try {
      Promise.resolve(runtime.sendMessage({ type: 'time', key: page.key, segment })).catch(stop);
    } catch (error) {
      stop(error);
    }
  };

  /** The extension was removed or renewed: its clock in this page has nobody left to tell. @param {unknown} _error */
  const stop = (_error) => {
    clearInterval(timer);
    stretch = null;
    home.__kwartierClock = false;
    INPUTS.forEach((name) => removeEventListener(name, touched, true));
    FLUSHES.forEach((name) => removeEventListener(name, looked, true));
    document.removeEventListener('visibilitychange', looked, true);
  };

  /** @param {number} until */
  const close = (until) => {
    send(until);
    stretch = null;
  };

  const begin = () => {
    count += 1;
    const from = performance.now();
    stretch = { id: `${page.prefix}-${count}`, wall: Date.now(), from };
    sent = from;
  };

  /** Whether the computer slept, or its clock was set, since the last look. @param {number} now */
  const isTorn = (now) => {
    const drift = stretch ? Math.abs(Date.now() - stretch.wall - (now - stretch.from)) : 0;
    return now - lastTick > BRIDGE || drift > JUMP;
  };

  /** @param {boolean} byHand whether the user just did something here */
  const look = (byHand) => {
    const now = performance.now();
    if (isTorn(now)) close(lastTick);
    else if (!isAttended()) close(now - lastInput < ATTENTION ? now : lastInput);
    else if (now - lastInput >= ATTENTION) close(lastInput);
    else send(lastInput);
    lastTick = now;
    if (byHand) lastInput = now;
    if (!stretch && isAttended() && now - lastInput < ATTENTION) begin();
    if (isLeft()) stop(null);
  };

  /** @param {Event} event */
  const touched = (event) => {
    if (!event.isTrusted) return;
    if (stretch && performance.now() - lastTick < BRIDGE) lastInput = performance.now();
    else look(true);
  };
  const looked = () => look(document.hasFocus());

  INPUTS.forEach((name) => addEventListener(name, touched, { capture: true, passive: true }));
  FLUSHES.forEach((name) => addEventListener(name, looked, true));
  document.addEventListener('visibilitychange', looked, true);
  const timer = setInterval(() => look(false), TICK);
  look(true);
}
