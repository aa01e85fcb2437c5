/** A companion for the tests: a real HTTP server that proves its pairing and answers as it is told. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

export const PAIRING = { pairing_id: 'p1', token: 'secret-token', proof_key: 'ab'.repeat(32) };

/** Starts a companion. `answer` gives [status, body, headers] for what is not health or proof. */
export async function companion({
  name = 'Kwartier',
  proofKey = PAIRING.proof_key,
  knows = true,
  answer = accept,
} = {}) {
  const service = { requests: [], answer, port: 0, close: () => {} };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request.setEncoding('utf8')) text += part;
    const asked = {
      method: request.method,
      path: request.url,
      headers: request.headers,
      body: text && JSON.parse(text),
    };
    if (!['/api/health', '/api/proof'].includes(asked.path)) service.requests.push(asked);
    const [status, body, headers = {}] = await reply(asked);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(body === null ? undefined : JSON.stringify(body));
  });

  function reply(asked) {
    if (asked.path === '/api/health') return [200, { name, version: '1', contract: 1 }];
    if (asked.path !== '/api/proof') return service.answer(asked);
    const answer = `${asked.body.nonce}:${service.port}`;
    const sign = (text) => createHmac('sha256', Buffer.from(proofKey, 'hex')).update(text).digest('hex');
    return [200, knows ? { proof: sign(answer) } : { proof: sign(`revoked:${answer}`), revoked: true }];
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.port = server.address().port;
  service.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return service;
}

/** A companion that takes everything. */
export function accept({ method, path, body }) {
  if (path === '/api/captures') return [201, receipt(body)];
  if (path === '/api/time/segments') return [202, { accepted: body.segments.length, rejected: [] }];
  if (path.startsWith('/api/time/days')) return [200, { days: [] }];
  if (method === 'DELETE') return [204, null];
  return [200, item({ id: path.split('/')[3], ...body })];
}

/** The receipt of a capture that is new. */
export function receipt(capture, { known = false, ...changes } = {}) {
  const kept = item({
    id: `item-of-${capture.id}`,
    commentary: capture.commentary ?? '',
    quotes: capture.quotes ?? [],
    capture_ids: [capture.id],
    ...changes,
  });
  return { item: kept, article: kept.article, known, suggestions: [], today: DAY };
}

export const DAY = { date: '2026-11-24', browse: 60, read: 120, react: 0, create: 0 };

function item(changes) {
  const article = { title: 'A story', site_name: 'Weekly', word_count: 400, reading_minutes: 2, language: 'en' };
  return {
    status: 'queued',
    article,
    commentary: '',
    quotes: [],
    later_views: [],
    slot_id: null,
    capture_ids: [],
    ...changes,
  };
}
