/**
 * The function that runs inside a PDF that the browser shows, handed over by scripting.executeScript and copied there
 * as text: it uses nothing from outside itself. The document asks for itself once more, as who is logged in there; most
 * often the browser has it at hand. Nothing is asked for elsewhere, and Firefox lets no extension into a PDF at all.
 */

/**
 * @param {number} limit how many bytes the document may have
 * @returns {Promise<string | null>} it in base64; null where it is too large, is none, or could not be had again
 */
export async function readPdf(limit) {
  const MARK = '%PDF-';
  const MARK_WITHIN = 1024;
  /** As long as a click can wait that has kept nothing yet. The companion may fetch what takes longer. */
  const SECONDS = 3;

  /** @param {Blob} blob @returns {Promise<string>} */
  const base64 = (blob) =>
    new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
      reader.onerror = () => reject(reader.error ?? new TypeError('unreadable'));
      reader.readAsDataURL(blob);
    });

  /** A server need not say how much it sends. @param {Response} response @returns {Promise<Blob | null>} */
  const within = async (response) => {
    const reader = response.body?.getReader();
    const parts = [];
    let size = 0;
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      size += part.value.length;
      if (size > limit) {
        await reader?.cancel();
        return null;
      }
      parts.push(part.value);
    }
    return new Blob(parts);
  };

  try {
    const options = { cache: /** @type {const} */ ('force-cache'), signal: AbortSignal.timeout(SECONDS * 1000) };
    const response = await window.fetch(location.href, options);
    const isTooLarge = Number(response.headers.get('content-length')) > limit;
    const document = response.ok && !isTooLarge ? await within(response) : null;
    const start = await document?.slice(0, MARK_WITHIN).text();
    return document && start?.includes(MARK) ? await base64(document) : null;
  } catch (error) {
    // The way `fetch` says that there is no connection, or that it took too long.
    if (error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}
