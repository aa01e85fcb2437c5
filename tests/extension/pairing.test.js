import { reset, seen, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING } from './service.js';
const settings = await import('../../extension/settings.js');
const pairing = await import('../../extension/pairing.js');
const database = await import('../../extension/database.js');
const outbox = await import('../../extension/outbox.js');
const queue = await import('../../extension/queue.js');
const { call } = await import('../../extension/companion.js');
const { obstacle } = await import('../../extension/connection.js');
const { standingOf } = await import('../../extension/standing.js');
const { browserLabel } = await import('../../extension/browser_label.js');

let kwartier;
let verdict;

/** A companion whose user has not pressed anything yet. */
function undecided({ path }) {
  if (path !== '/api/pairing') return verdict;
  const expires_at = new Date(Date.now() + 120_000).toISOString();
  return [201, { id: 'ask-1', secret: 's', code: '4821', expires_at, page: '/pair' }];
}

const asking = async () => (await settings.all()).asking;
const asked = () => kwartier.requests.filter(({ path }) => path === '/api/pairing').length;

describe('letting this browser in', () => {
  beforeEach(async () => {
    await reset();
    verdict = [202, { status: 'waiting' }];
    kwartier = await companion({ answer: undecided });
    await settings.set({ port: kwartier.port });
  });
  afterEach(async () => {
    await settings.set({ asking: null });
    await kwartier.close();
  });

  it('shows four digits and opens the page with the button, with nothing typed', async () => {
    assert.deepEqual(await pairing.ask(), { ok: true });
    assert.equal((await asking()).code, '4821');
    assert.deepEqual(seen.opened, [`http://127.0.0.1:${kwartier.port}/pair`]);
    assert.ok(seen.alarms.has(pairing.ALARM), 'an alarm goes on asking if the worker ends');
  });

  it('asks once for a double click, and not again while the question stands', async () => {
    await Promise.all([pairing.askIfNeeded(), pairing.askIfNeeded()]);
    await pairing.askIfNeeded();
    assert.equal(asked(), 1);
  });

  it('keeps what Kwartier hands over once the user allowed it', async () => {
    verdict = [200, { status: 'allowed', ...PAIRING }];
    await pairing.ask();
    await until(async () => (await settings.all()).pairing);
    assert.deepEqual((await settings.all()).pairing, { ...PAIRING, port: kwartier.port });
    assert.equal(await asking(), null);
    assert.equal(await pairing.askIfNeeded(), null);
  });

  it('says that it was turned down, in the words of Kwartier, and asks anew only when told to', async () => {
    verdict = [410, { error: 'You refused this browser.', problems: [] }];
    await pairing.ask();
    await until(async () => (await asking()).over);
    assert.deepEqual((await asking()).over, { why: 'refused', reason: 'You refused this browser.' });
    await pairing.askIfNeeded();
    assert.equal(asked(), 1);
    await pairing.ask();
    assert.equal(asked(), 2);
  });

  it('says that the question expired', async () => {
    const expires_at = new Date(Date.now() - 1000).toISOString();
    await settings.set({
      asking: { id: 'old', secret: 's', code: '1111', page: '/pair', port: kwartier.port, expires_at },
    });
    verdict = [410, { error: 'Too late.', problems: [] }];
    await (await import('../../extension/pairing.js?worker=2')).poll();
    assert.equal((await asking()).over.why, 'expired');
  });

  it('goes on in a new worker with what was asked in an earlier one', async () => {
    const expires_at = new Date(Date.now() + 60_000).toISOString();
    await settings.set({
      asking: { id: 'ask-1', secret: 's', code: '4821', page: '/pair', port: kwartier.port, expires_at },
    });
    verdict = [200, { status: 'allowed', ...PAIRING }];
    await (await import('../../extension/pairing.js?worker=3')).poll();
    assert.equal((await settings.all()).pairing.token, PAIRING.token);
  });

  it('says so when no Kwartier answers', async () => {
    await kwartier.close();
    assert.deepEqual(await pairing.ask(), { ok: false, problem: 'absent' });
    assert.equal((await settings.all()).reachable, false);
    assert.deepEqual(seen.opened, []);
  });

  it('names the pairing it had, so that the new one takes its place', async () => {
    await pairing.ask();
    assert.equal(kwartier.requests[0].body.replaces, undefined);
    await settings.set({ asking: null, pairing: { ...PAIRING, port: kwartier.port } });
    await pairing.ask();
    assert.equal(kwartier.requests.at(-1).body.replaces, PAIRING.pairing_id);
  });

  it('says how long to wait where it was asked too often', async () => {
    kwartier.answer = () => [429, { error: 'Too many', problems: [] }, { 'Retry-After': '40' }];
    assert.deepEqual(await pairing.ask(), { ok: false, problem: 'later', status: 429, retryAfter: 40 });
    assert.equal(await asking(), null);
  });

  it('still says what became of the last question where a new one is not taken', async () => {
    const over = { why: 'refused', reason: 'You refused this browser.' };
    const before = { id: 'old', secret: 's', code: '1111', page: '/pair', port: 1, expires_at: '', over };
    await settings.set({ asking: before });
    kwartier.answer = () => [429, { error: 'Too many', problems: [] }];
    await pairing.ask();
    assert.deepEqual(await asking(), before);
    await kwartier.close();
    await pairing.ask();
    assert.equal(await asking(), null, 'that Kwartier is off comes first');
  });

  it('takes a fault of Kwartier for no answer of the user', async () => {
    verdict = [500, { error: 'oops', problems: [] }];
    await pairing.ask();
    await until(() => kwartier.requests.length > 1);
    verdict = [200, { status: 'allowed', ...PAIRING }];
    await until(async () => (await settings.all()).pairing);
  });

  it('shut out, keeps what waits, asks with one click, and sends it in order after Allow', async () => {
    let isLetIn = false;
    kwartier.answer = (asked) => {
      if (asked.path.startsWith('/api/pairing')) return undecided(asked);
      return isLetIn ? accept(asked) : [401, { error: 'not let in', problems: [] }];
    };
    await settings.set({ pairing: { ...PAIRING, pairing_id: 'p1', token: 'revoked', port: kwartier.port } });
    for (const number of [1, 2, 3])
      await queue.addCapture({ id: `c${number}`, title: `${number}` }, null, `page ${number}`);
    await outbox.flush();
    assert.equal(await pairing.askIfNeeded(), null, 'the user may have meant it');
    assert.equal(standingOf(await database.entries(), await settings.all()), 'needs_you');
    assert.deepEqual(obstacle(await settings.all()), { state: 'again', code: '', reason: '' });

    verdict = [200, { status: 'allowed', ...PAIRING }];
    isLetIn = true;
    await pairing.ask();
    await until(async () => !(await settings.all()).needsPairing);
    await outbox.flush();
    const captures = kwartier.requests.filter(
      ({ path, headers }) => path === '/api/captures' && headers.authorization === `Bearer ${PAIRING.token}`,
    );
    assert.deepEqual(
      captures.map(({ body }) => body.title),
      ['1', '2', '3'],
    );
    assert.equal(standingOf(await database.entries(), await settings.all()), 'saved');
  });

  it('an answer to the old pairing says nothing about the new one', async () => {
    await settings.set({ pairing: { ...PAIRING, port: kwartier.port } });
    kwartier.answer = async () => {
      await settings.set({ pairing: { ...PAIRING, pairing_id: 'p2', port: kwartier.port } });
      return [401, { error: 'not let in', problems: [] }];
    };
    await call('GET', '/api/items/i1');
    assert.equal((await settings.all()).needsPairing, false);
  });

  it('names the browser as its user knows it', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0';
    const firefox = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0';
    assert.equal(browserLabel(edge), 'Edge on Windows');
    assert.equal(browserLabel(firefox), 'Firefox on macOS');
  });
});
