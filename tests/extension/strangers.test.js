/** Somebody else listens on the companion's port: it learns nothing of the user, and cannot hold the extension up. */
import { reset, seen, until } from './browser.js';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { companion, PAIRING } from './service.js';
const { call } = await import('../../extension/companion.js');
const { obstacle } = await import('../../extension/connection.js');
const { addressOf } = await import('../../extension/local_page.js');
const pairing = await import('../../extension/pairing.js');
const settings = await import('../../extension/settings.js');

const HEALTH = { name: 'Kwartier', version: '1', contract: 1 };
const SECRETS = [PAIRING.token, PAIRING.proof_key, 'weekly.test', 'A private title', 'My view'];
const CAPTURE = { url: 'https://weekly.test/1', title: 'A private title', html: '<p>text</p>', commentary: 'My view' };
const MEGABYTE = 1_000_000;

let open = [];

/** A service that is not Kwartier, and keeps all it is told. `answers` are by path. */
async function stranger(answers) {
  const service = { heard: '', sent: 0, port: 0 };
  const server = createServer(async (request, response) => {
    service.heard += `${request.method} ${request.url} ${JSON.stringify(request.headers)}\n`;
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    service.heard += `${body}\n`;
    await (answers[request.url] ?? json(404, {}))(response, body && JSON.parse(body), service);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.port = server.address().port;
  open.push(server);
  return service;
}

const json = (status, body, headers) => (response) => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

/** Proves with the right key, but of another question. */
const proves = (question) => (response, body, service) => {
  const key = Buffer.from(PAIRING.proof_key, 'hex');
  const proof = createHmac('sha256', key).update(question(body.nonce, service.port)).digest('hex');
  json(200, { proof })(response);
};

const html = (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Hello</h1>');
const silence = () => {};

async function endless(response, _body, service) {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const part = Buffer.alloc(MEGABYTE, 'x');
  while (service.sent < 100 * MEGABYTE && !response.destroyed) {
    service.sent += part.length;
    if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
}

const healthy = json(200, HEALTH);
const redirect = json(307, {}, { Location: '/elsewhere' });

/** @type {[string, Record<string, Function>][]} */
const STRANGERS = [
  ['proves nothing', { '/api/health': healthy, '/api/proof': json(200, { proof: 'ab'.repeat(32) }) }],
  [
    'passes on what the companion on another port proved',
    { '/api/health': healthy, '/api/proof': proves((nonce, port) => `${nonce}:${port + 1}`) },
  ],
  [
    'proves what was asked another time',
    { '/api/health': healthy, '/api/proof': proves((_, port) => `${'00'.repeat(32)}:${port}`) },
  ],
  ['leads elsewhere for its health', { '/api/health': redirect }],
  ['leads elsewhere for its proof', { '/api/health': healthy, '/api/proof': redirect }],
  ['answers with a web page', { '/api/health': html, '/api/proof': html }],
  ['proves with a web page', { '/api/health': healthy, '/api/proof': html }],
  ['answers with null', { '/api/health': healthy, '/api/proof': json(200, null) }],
  ['is of another contract', { '/api/health': json(200, { ...HEALTH, contract: 2 }) }],
  ['never ends its health', { '/api/health': endless }],
  ['never ends its proof', { '/api/health': healthy, '/api/proof': endless }],
  ['keeps silent', { '/api/health': silence }],
  ['keeps silent when it should prove itself', { '/api/health': healthy, '/api/proof': silence }],
];

function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}

describe('a stranger on the port', () => {
  beforeEach(reset);
  afterEach(async () => {
    await settings.set({ asking: null });
    await Promise.all(open.map(close));
    open = [];
  });

  for (const [does, answers] of STRANGERS) {
    it(`that ${does} is told nothing`, async () => {
      const service = await stranger(answers);
      await settings.set({ port: service.port, pairing: { ...PAIRING, port: service.port } });
      const started = performance.now();
      assert.deepEqual(await call('POST', '/api/captures', CAPTURE), { ok: false, problem: 'absent' });
      assert.ok(performance.now() - started < 15_000, 'and holds nobody up');
      assert.match(service.heard, /GET \/api\/health/);
      for (const secret of SECRETS) assert.ok(!service.heard.includes(secret), secret);
      assert.ok(!service.heard.includes('/elsewhere'));
      assert.ok(service.sent < 20 * MEGABYTE, `${service.sent} bytes were taken from it`);
    });
  }

  it('that takes the port over between two calls is told nothing', async () => {
    const kwartier = await companion();
    const { port } = kwartier;
    await settings.set({ port, pairing: { ...PAIRING, port } });
    assert.equal((await call('GET', '/api/items/i1')).ok, true);
    await kwartier.close();
    const server = createServer((_, response) => json(200, HEALTH)(response));
    let heard = '';
    server.on('connection', (socket) => socket.on('data', (data) => (heard += data)));
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    open.push(server);
    // The first call may still find the connection to the one before closed.
    await until(async () => (await call('POST', '/api/captures', CAPTURE)).problem === 'absent' && heard);
    for (const secret of SECRETS) assert.ok(!heard.includes(secret), secret);
  });

  it('is asked to let this browser in only by a user who was told that it is another', async () => {
    const asked = { id: 'a', secret: 's', code: '4821', expires_at: new Date(Date.now() + 60_000).toISOString() };
    const answers = { '/api/health': healthy, '/api/pairing': json(201, { ...asked, page: '/pair' }) };
    const liar = await stranger({ ...answers, '/api/pairing/a': json(202, {}) });
    await settings.set({ port: liar.port, pairing: { ...PAIRING, port: liar.port }, needsPairing: true });
    assert.equal((await pairing.ask()).problem, 'absent', 'the user meant another one');
    assert.ok(!liar.heard.includes('/api/pairing'));
    assert.equal(obstacle(await settings.all()).state, 'stranger');
    assert.equal(await pairing.askIfNeeded(), null);
    assert.deepEqual(await pairing.ask(), { ok: true });
    assert.equal(obstacle(await settings.all()).state, 'waiting');
  });

  it('is not what Kwartier is taken for while it is too busy to prove itself', async () => {
    const busy = await stranger({ '/api/health': healthy, '/api/proof': json(503, {}) });
    await settings.set({ port: busy.port, pairing: { ...PAIRING, port: busy.port } });
    assert.equal((await call('GET', '/api/items/i1')).problem, 'absent');
    assert.equal(obstacle(await settings.all()), null);
  });

  it('does not cut us off from Kwartier by denying that it knows us', async () => {
    const liar = await stranger({ '/api/health': healthy });
    await settings.set({ port: liar.port, pairing: { ...PAIRING, port: liar.port } });
    assert.equal((await call('GET', '/api/items/i1')).problem, 'absent');
    assert.deepEqual([(await settings.all()).stranger, (await settings.all()).needsPairing], [true, false]);
    const kwartier = await companion();
    await settings.set({ port: kwartier.port });
    assert.equal((await call('GET', '/api/items/i1')).ok, true);
    assert.equal(obstacle(await settings.all()), null);
    await kwartier.close();
  });

  it('cannot send the user to a page of its choice', async () => {
    const asked = { id: 'a', secret: 's', code: '4821', expires_at: new Date(Date.now() + 60_000).toISOString() };
    for (const page of [
      '//evil.test',
      '/\\evil.test',
      'https://evil.test',
      'javascript:alert(1)',
      '@evil.test',
      '',
      7,
    ]) {
      const service = await stranger({ '/api/health': healthy, '/api/pairing': json(201, { ...asked, page }) });
      await settings.set({ port: service.port });
      assert.equal((await pairing.ask()).problem, 'broken', page);
      assert.equal((await settings.all()).asking, null);
    }
    assert.deepEqual(seen.opened, []);
  });

  it('cannot have a question stand for ever, or make up an answer', async () => {
    const asked = { id: 'a', secret: 's', code: '4821', expires_at: '9999-01-01T00:00:00Z', page: '/pair' };
    const answers = { '/api/health': healthy, '/api/pairing': json(201, asked) };
    const service = await stranger({
      ...answers,
      '/api/pairing/a': json(200, { pairing_id: 1, token: {}, proof_key: '' }),
    });
    await settings.set({ port: service.port });
    assert.deepEqual(await pairing.ask(), { ok: true });
    const { asking } = await settings.all();
    assert.ok(Date.parse(asking.expires_at) - Date.now() <= 600_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await settings.all()).pairing, null);
  });
});

describe('a page that an answer names', () => {
  for (const [named, address] of [
    ['/pair', 'http://127.0.0.1:7715/pair'],
    ['http://127.0.0.1:7715/open/abc', 'http://127.0.0.1:7715/open/abc'],
    ['http://127.0.0.1:77150/open', null],
    ['http://127.0.0.1:7715@evil.test/', null],
    ['http://127.0.0.1:7715//evil.test', null],
    ['https://evil.test/', null],
    ['//evil.test', null],
    ['', null],
  ])
    it(`${named || 'nothing'} leads to ${address ?? 'nowhere'}`, () => assert.equal(addressOf(named, 7715), address));
});
