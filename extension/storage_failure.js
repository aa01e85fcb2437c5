/**
 * The browser could not keep or read something: its disk is full, or does not answer. IndexedDB and `storage.local` say
 * that under many names, which differ by browser and by how full the disk is; none of them is relied on.
 */
export class StorageFailure extends Error {}

/** For acts that go on without what could not be kept, and for nothing else. @param {unknown} error */
export function unlessStorage(error) {
  if (!(error instanceof StorageFailure)) throw error;
}
