import {
  closed,
  inFront,
  remembersNothing,
  reset,
  seen,
  WRITE_FAILURES,
  writesAgain,
  writesNothing,
} from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING, receipt } from './service.js';
const curation = await import('../../extension/curation.js');
const database = await import('../../extension/database.js');
const items = await import('../../extension/items.js');
const settings = await import('../../extension/settings.js');
const queue = await import('../../extension/queue.js');
const { noTextWords } = await import('../../extension/parts/wording.js');

const URL_ = 'https://weekly.test/story';
const PDF = 'https://weekly.test/report.pdf';
const LINK = { link_only: true, fetch: 'unreachable' };
let kwartier;
const captures = () => kwartier.requests.filter(({ path }) => path === '/api/captures').map(({ body }) => body);

/** A companion that has the link only, until it is sent the page. */
function linkOnly(asked) {
  if (asked.path === '/api/captures') return [201, receipt(asked.body, asked.body.html || asked.body.pdf ? {} : LINK)];
  if (asked.method === 'GET' && asked.path.startsWith('/api/items/item-of-') && !asked.path.includes('suggestions'))
    return [200, receipt({ id: asked.path.split('/item-of-')[1] }, LINK).item];
  if (asked.path.endsWith('/suggestions')) return [200, { suggestions: [] }];
  return accept(asked);
}

describe('a click', () => {
  beforeEach(async () => {
    await reset();
    kwartier = await companion({ answer: linkOnly });
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(() => {
    writesAgain();
    return kwartier.close();
  });

  it('on a page sends it, once', async () => {
    const tab = inFront({ url: URL_ });
    assert.equal((await curation.open(tab)).state, 'saved');
    assert.equal((await curation.open(tab)).state, 'known');
    assert.deepEqual(
      captures().map(({ html }) => html),
      ['<p>A story</p>'],
    );
  });

  it('on a link asks the companion to fetch it, and says why it could not', async () => {
    const view = await curation.saveLink(URL_, 'the words of the link');
    assert.equal(captures()[0].fetch, true);
    assert.equal(captures()[0].html, undefined);
    assert.equal(view.noText, 'unreachable');
    assert.deepEqual(
      (await items.linksWithoutText()).map(({ why }) => why),
      ['unreachable'],
    );
  });

  it('on the page of such a link sends the page itself', async () => {
    await curation.saveLink(URL_, '');
    const view = await curation.open(inFront({ url: URL_ }));
    assert.deepEqual(
      captures().map(({ html, fetch }) => [html, fetch]),
      [
        [undefined, true],
        ['<p>A story</p>', undefined],
      ],
    );
    assert.equal(view.noText, null);
  });

  it('does not send a page again in which the companion found no text', async () => {
    kwartier.answer = (asked) =>
      asked.path === '/api/captures' ? [201, receipt(asked.body, { link_only: true })] : linkOnly(asked);
    const tab = inFront({ url: URL_ });
    await curation.open(tab);
    const view = await curation.open(tab);
    assert.equal(captures().length, 1);
    assert.equal(view.noText, 'link-only');
  });

  for (const fetch of ['login', 'wall', 'no_article'])
    it(`sends a page again that may hold an article by now: ${fetch}`, async () => {
      const told = { link_only: true, fetch };
      kwartier.answer = (asked) => {
        if (asked.path === '/api/captures') return [201, receipt(asked.body, told)];
        const [, id] = asked.path.split('/item-of-');
        return id && !id.includes('/') ? [200, receipt({ id }, told).item] : linkOnly(asked);
      };
      const view = await curation.open(inFront({ url: URL_ }));
      assert.equal(view.noText, fetch);
      await curation.open(inFront({ url: URL_, html: '<p>The article</p>' }));
      assert.equal(captures().at(-1).html, '<p>The article</p>');
    });

  it('on a PDF sends the document', async () => {
    const tab = inFront({ url: PDF, title: '', pdf: 'JVBERi0xLjc=', reads: 'pdf' });
    await curation.open({ ...tab, title: 'report.pdf' });
    const [{ pdf, html, fetch, title }] = captures();
    assert.deepEqual([pdf, html, fetch, title], ['JVBERi0xLjc=', undefined, undefined, 'report.pdf']);
  });

  it('on a PDF that cannot be had lets the companion fetch it', async () => {
    const view = await curation.open(inFront({ url: PDF, pdf: null, reads: 'pdf' }));
    const [{ pdf, html, fetch }] = captures();
    assert.deepEqual([pdf, html, fetch], [undefined, undefined, true]);
    assert.equal(view.noText, 'unreachable');
  });

  for (const tab of [{ url: PDF }, { url: 'https://weekly.test/pdf/2611.1' }, { url: URL_, title: 'Report.pdf' }])
    it(`on a PDF into which no extension is let saves its link, to be fetched: ${tab.url} ${tab.title ?? ''}`, async () => {
      await curation.open(closed(tab));
      const [{ url, pdf, fetch }] = captures();
      assert.deepEqual([url, pdf, fetch], [tab.url, undefined, true]);
    });

  it('on another page into which no extension is let saves nothing', async () => {
    assert.equal((await curation.open(closed({ url: URL_ }))).state, 'browser-page');
    assert.deepEqual(captures(), []);
  });

  it('on the page of a link that waits lets the page go with it', async () => {
    const { pairing } = await settings.all();
    await settings.set({ pairing: null, asking: { over: { why: 'expired', reason: '' } } });
    await curation.saveLink(URL_, '');
    const view = await curation.open(inFront({ url: URL_, title: 'The title' }));
    assert.equal(view.state, 'pairing');
    assert.equal(view.page.title, 'The title');
    const [{ body, id }, ...others] = await database.entries();
    assert.deepEqual(others, []);
    assert.equal(body.fetch, true, 'until the page is sent in its place');
    assert.equal(await database.pageOf(id), '<p>The title</p>');
    await settings.set({ pairing });
  });

  it('that met no room says that the text did not get there, and the next one brings it', async () => {
    writesNothing(['pages']);
    const tab = inFront({ url: URL_ });
    const view = await curation.open(tab);
    writesAgain();
    assert.match(noTextWords(view.noText), /disk was full.*Open the page and click the icon/);
    await curation.open(tab);
    assert.equal(captures().at(-1).html, '<p>A story</p>');
  });

  for (const failure of WRITE_FAILURES)
    it(`that could not be kept at all says so: ${failure}`, async () => {
      writesNothing(undefined, failure);
      const view = await curation.open(inFront({ url: URL_ }));
      assert.deepEqual([view.state, view.failed, view.canUndo], ['full', null, false]);
      assert.deepEqual(captures(), []);
      writesAgain();
      assert.deepEqual(await database.entries(), []);
    });

  it('says so where not even the database opens, and shows what is typed', async () => {
    await settings.writeDraft(URL_, 'My view.');
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('Internal error opening backing store', 'UnknownError');
    };
    const view = await curation.open(inFront({ url: URL_ }));
    IDBDatabase.prototype.transaction = transaction;
    assert.deepEqual([view.state, view.text], ['full', 'My view.']);
  });

  it('whose passage could not be kept does not take the item for lost', async () => {
    await curation.open(inFront({ url: URL_ }));
    writesNothing();
    const view = await curation.open(inFront({ url: URL_, quote: { text: 'a passage' } }));
    assert.deepEqual([view.state, view.failed], ['known', 'keeping']);
  });

  it('that is kept is not called lost where its answer cannot be kept', async () => {
    writesNothing(['receipts']);
    const view = await curation.open(inFront({ url: URL_ }));
    assert.deepEqual([view.state, view.holdup], ['waiting', 'full-disk']);
    writesAgain();
    assert.equal((await curation.open(inFront({ url: URL_ }))).state, 'known');
  });

  it('that is kept is not called lost where nothing can be noted beside it', async () => {
    const tab = inFront({ url: URL_ });
    await settings.all();
    remembersNothing();
    assert.equal((await curation.open(tab)).state, 'saved');
  });

  it('that another worker has begun shows where the capture stands', async () => {
    const tab = inFront({ url: URL_ });
    await queue.addCapture({ id: 'c1', url: URL_, title: 'A story' }, '<p>A story</p>', URL_);
    await settings.set({ port: 1, pairing: { ...PAIRING, port: 1 } });
    assert.equal((await curation.open(tab)).state, 'waiting');
    assert.equal((await database.entries()).length, 1);
  });

  it('that is told twice, since its worker ended, is the same click', async () => {
    const tab = inFront({ url: URL_, quote: { text: 'a passage' } });
    await curation.open(tab, 'click-1');
    const again = await curation.open(tab, 'click-1');
    assert.deepEqual([again.state, again.capture, again.canUndo], ['saved', 'click-1', true]);
    assert.equal(captures().length, 1);
    assert.equal((await curation.open(inFront({ url: URL_ }), 'click-2')).canUndo, false);
    assert.equal(captures().length, 1);
  });

  it('to the week opens no page but one of Kwartier', async () => {
    kwartier.answer = () => [201, { url: 'https://evil.test/open/abc' }];
    assert.deepEqual(await curation.openWeek(), { failed: 'broken' });
    kwartier.answer = () => [201, { url: `http://127.0.0.1:${kwartier.port}/open/abc` }];
    assert.deepEqual(await curation.openWeek(), { failed: null });
    assert.deepEqual(seen.opened, [`http://127.0.0.1:${kwartier.port}/open/abc`]);
  });
});
