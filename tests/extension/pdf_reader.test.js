import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { readPdf } from '../../extension/pdf_reader.js';

const ADDRESS = 'https://weekly.test/report.pdf';
const PDF = '%PDF-1.7 a small one';
const asked = [];

/** The document that asks for itself: what it is told, and how it reads a file. */
function answers(answer) {
  asked.length = 0;
  globalThis.location = { href: ADDRESS };
  globalThis.window = {
    fetch: async (address) => {
      asked.push(address);
      return answer();
    },
  };
  globalThis.FileReader = class {
    async readAsDataURL(blob) {
      this.result = `data:application/pdf;base64,${Buffer.from(await blob.arrayBuffer()).toString('base64')}`;
      this.onload();
    }
  };
}

describe('reading a PDF', () => {
  afterEach(() => ['location', 'window', 'FileReader'].forEach((name) => delete globalThis[name]));

  it('asks for the document itself, and hands it on in base64', async () => {
    answers(() => new Response(PDF));
    assert.equal(atob(await readPdf(100)), PDF);
    assert.deepEqual(asked, [ADDRESS]);
  });

  const NONE = {
    'a page to log in on': () => new Response('<!doctype html><p>Log in'),
    'an error': () => new Response(PDF, { status: 403 }),
    'one that is too large': () => new Response(PDF + 'x'.repeat(100)),
    'one that says it is too large': () => new Response(PDF, { headers: { 'content-length': '101' } }),
    'no answer': () => {
      throw new TypeError('Failed to fetch');
    },
    'an answer that takes too long': () => {
      throw new DOMException('signal timed out', 'TimeoutError');
    },
  };
  for (const [what, answer] of Object.entries(NONE))
    it(`has nothing to hand on of ${what}`, async () => {
      answers(answer);
      assert.equal(await readPdf(100), null);
    });

  it('stops at the limit where the server does not say how much it sends', async () => {
    const sent = [];
    let isStopped = false;
    const document = new ReadableStream({
      pull: (stream) => {
        sent.push(1);
        stream.enqueue(new TextEncoder().encode(PDF));
      },
      cancel: () => {
        isStopped = true;
      },
    });
    answers(() => new Response(document));
    assert.equal(await readPdf(100), null);
    assert.ok(isStopped && sent.length < 10, `${sent.length} parts`);
  });

  it('does not hide a mistake of its own', async () => {
    answers(() => {
      throw new RangeError('a mistake');
    });
    await assert.rejects(readPdf(100), RangeError);
  });
});
