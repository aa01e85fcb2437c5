import { reset, seen } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { companion, PAIRING } from './service.js';
const settings = await import('../../extension/settings.js');

let services = [];
let fresh = 0;

async function service(options) {
  const started = await companion(options);
  services.push(started);
  return started;
}

/** The module as a new worker has it: nothing proven yet. */
function worker() {
  fresh += 1;
  return import(`../../extension/companion.js?worker=${fresh}`);
}

function pairedAt(port) {
  return settings.set({ port, pairing: { ...PAIRING, port } });
}

describe('speaking with the companion', () => {
  beforeEach(reset);
  afterEach(async () => {
    await Promise.all(services.map((each) => each.close()));
    services = [];
  });

  it('sends JSON with the token, in the language of the user', async () => {
    const { port, requests } = await service();
    await pairedAt(port);
    const result = await (await worker()).call('PATCH', '/api/items/i1', { commentary: 'yes' });
    assert.equal(result.ok, true);
    const [{ headers, body }] = requests;
    assert.equal(headers.authorization, `Bearer ${PAIRING.token}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.match(headers['accept-language'], /^en/);
    assert.deepEqual(body, { commentary: 'yes' });
  });

  it('sends nothing to a stranger on the port who cannot prove the pairing', async () => {
    const { port, requests } = await service({ proofKey: 'cd'.repeat(32) });
    await pairedAt(port);
    const result = await (await worker()).call('GET', '/api/items/i1');
    assert.deepEqual(result, { ok: false, problem: 'absent' });
    assert.deepEqual(requests, []);
    assert.equal((await settings.all()).reachable, false);
  });

  it('sends nothing to a service that is not Kwartier', async () => {
    const { port, requests } = await service({ name: 'Another' });
    await pairedAt(port);
    assert.equal((await (await worker()).call('GET', '/api/items/i1')).problem, 'absent');
    assert.deepEqual(requests, []);
  });

  it('asks to be connected again when Kwartier no longer knows this browser', async () => {
    const { port } = await service({ knows: false });
    await pairedAt(port);
    assert.equal((await (await worker()).call('GET', '/api/items/i1')).problem, 'unpaired');
    assert.equal((await settings.all()).needsPairing, true);
    assert.ok(seen.kept.get('pairing'), 'what was agreed is kept until it is replaced');
  });

  it('asks to be connected again when the token was revoked', async () => {
    const { port } = await service({ answer: () => [401, { error: 'no', problems: [] }] });
    await pairedAt(port);
    assert.equal((await (await worker()).call('GET', '/api/items/i1')).problem, 'unpaired');
    assert.equal((await settings.all()).needsPairing, true);
  });

  it('tells apart what is refused, what may come later and what is broken', async () => {
    const kwartier = await service();
    await pairedAt(kwartier.port);
    const { call } = await worker();
    const problems = [{ path: 'url', message: 'too long' }];
    kwartier.answer = () => [422, { error: 'Not valid', problems }];
    assert.deepEqual(await call('GET', '/api/items/x'), {
      ok: false,
      problem: 'refused',
      status: 422,
      reason: 'Not valid · url: too long',
    });
    kwartier.answer = () => [429, { error: 'slow down', problems: [] }, { 'Retry-After': '7' }];
    assert.deepEqual(await call('GET', '/api/items/x'), { ok: false, problem: 'later', status: 429, retryAfter: 7 });
    kwartier.answer = () => [500, { error: 'oops', problems: [] }];
    assert.equal((await call('GET', '/api/items/x')).problem, 'broken');
  });

  it('gives up on an answer that does not come', async () => {
    const { port } = await service({ answer: () => new Promise(() => {}) });
    await pairedAt(port);
    const { call } = await worker();
    assert.deepEqual(await call('GET', '/api/items/x', undefined, { timeout: 100 }), { ok: false, problem: 'slow' });
  });

  it('needs no companion to say that this browser is not connected', async () => {
    assert.deepEqual(await (await worker()).call('GET', '/api/items/x'), { ok: false, problem: 'unpaired' });
  });
});
