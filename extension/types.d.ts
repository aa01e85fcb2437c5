// The shapes that only the extension knows. What crosses to the companion is in contract.d.ts.
import type { Article, Capture, Day, Item, Quote, Receipt, Segment, Slot, Suggestion } from './contract';

export type { Article, Capture, Day, Item, Quote, Receipt, Segment, Slot, Suggestion };

export interface Pairing {
  pairing_id: string;
  token: string;
  proof_key: string;
  port: number;
}

/** A pairing the user has been asked for and has not answered; `over` says why it came to nothing. */
export interface Asking {
  id: string;
  secret: string;
  code: string;
  expires_at: string;
  page: string;
  port: number;
  over?: { why: 'expired' | 'refused'; reason: string };
}

export interface Settings {
  confirmFirst: boolean;
  port: number | null;
  pairing: Pairing | null;
  /** Whether the companion has shut this browser out, by what it has proven. */
  needsPairing: boolean;
  /** Whether all that answers is a Kwartier that cannot prove that it let this browser in. */
  stranger: boolean;
  /** Whether the companion answered when it was last spoken to. */
  reachable: boolean;
  asking: Asking | null;
  today: Day | null;
  retry: { step: number; notBefore: number };
  holdup: Holdup;
  /** How far the latest segments were accepted: what grew since is all that waits. */
  acceptedTime: { id: string; end: string }[];
  flashUntil: number;
  source: string;
  revision: number;
}

/**
 * Why what waits does not go: Kwartier is off, asks to wait or is slow, has no room left on its disk, or runs into a
 * fault; null where nothing is in the way, or the pairing is.
 */
export type Holdup = 'off' | 'busy' | 'full-disk' | 'fault' | null;

export type Failure =
  | { ok: false; problem: 'absent' }
  | { ok: false; problem: 'slow' }
  | { ok: false; problem: 'unpaired' }
  /** It was taken back before it could be sent. */
  | { ok: false; problem: 'withdrawn' }
  | { ok: false; problem: 'refused'; status: number; reason: string }
  | { ok: false; problem: 'later'; status: number; retryAfter: number }
  | { ok: false; problem: 'broken'; status: number; reason: string };

export type Result<T = unknown> = { ok: true; status: number; body: T } | Failure;

export type CaptureBody = Omit<Capture, 'html' | 'pdf' | 'commentary'>;

interface EntryBase {
  seq?: number;
  id: string;
  state: 'waiting' | 'parked';
  reason: string;
  attempts: number;
  /** Counts the changes, so that what changed while it was being sent is noticed. */
  version: number;
}

/** Why a capture goes without the page that was read for it; null where it has it, or where there was none. */
export type Without = 'did-not-fit' | 'queue-full' | 'disk-full' | null;

export interface CaptureEntry extends EntryBase {
  kind: 'capture';
  identity: string;
  body: CaptureBody;
  /** How large the page is that waits with it; 0 for none. */
  pageBytes: number;
  without: Without;
  /** Whether the companion may have it, whatever it said. */
  isTried?: boolean;
}

/** A capture that the user took back when the companion may have had it: kept until it is gone there too. */
export interface UndoEntry extends EntryBase {
  kind: 'undo';
  identity: string;
  body: CaptureBody;
}

export interface CommentaryEntry extends EntryBase {
  kind: 'commentary';
  identity: string;
  body: { item_id: string; commentary: string };
}

export interface SegmentEntry extends EntryBase {
  kind: 'segments';
  body: Segment;
}

export type Entry = CaptureEntry | CommentaryEntry | SegmentEntry | UndoEntry;

/** The last answer of the companion about a page, kept by identity. */
export interface KeptReceipt {
  identity: string;
  capture_id: string;
  known: boolean;
  item: Item;
  suggestions: Suggestion[];
  slot: Slot | null;
  without: Without;
  /** Whether the companion was given the page: what it found no text in is not sent at each click. */
  sentPage: boolean;
  /** Words of the item that the popup had not shown yet while something was typed: what is typed belongs under them. */
  under?: string;
  at: number;
}

/** What was read from the page at the click. */
export interface Page {
  url: string;
  canonical: string | null;
  title: string;
  lang: string | null;
  html: string | null;
  /** The document in base64, of a page that is a PDF; null as well where it could not be had. */
  pdf: string | null;
  quote: Quote | null;
  reads: 'article' | 'post' | 'video' | 'pdf' | null;
}

export interface PageLine {
  url: string;
  title: string;
}

export interface Trouble {
  id: string;
  kind: Entry['kind'];
  title: string;
  reason: string;
}

export interface Waiting {
  id: string;
  title: string;
  since: string;
  noText: NoText;
}

/** Something saved of which Kwartier has the link, and why not the text. */
export interface LinkOnly {
  id: string;
  title: string;
  why: NoText;
}

/** Why there is no text: the extension could not keep or send it, or how the companion's own fetching went. */
export type NoText = Without | NonNullable<Item['fetch']> | 'link-only';

/** All that the options tell of the outbox. */
export interface OutboxView {
  standing: Standing;
  waiting: Waiting[];
  troubles: Trouble[];
  filling: View['filling'];
  holdup: Holdup;
}

export type Standing = 'saved' | 'waiting' | 'needs_you';

/** Which page a popup shows, and the capture that was made from this popup, which may be undone. */
export interface Shown {
  identity: string;
  capture?: string;
  page?: PageLine | null;
  confirming?: boolean;
  failed?: View['failed'];
}

export interface PairingView {
  state: 'waiting' | 'over' | 'absent' | 'needed' | 'again' | 'stranger';
  code: string;
  why?: 'expired' | 'refused';
  reason: string;
}

export interface Today {
  browse: number;
  read: number;
  react: number;
}

/** All that the popup shows; made in view.js, drawn in popup/. */
export interface View {
  state: 'saving' | 'saved' | 'known' | 'waiting' | 'pairing' | 'parked' | 'ask' | 'browser-page' | 'undone' | 'full';
  identity: string;
  /** The capture that this popup's click made, or would have. */
  capture: string;
  /** Whether this popup's own save can be taken back. */
  canUndo: boolean;
  page: PageLine | null;
  item: Item | null;
  suggestions: Suggestion[];
  slot: Slot | null;
  quotes: Quote[];
  text: string;
  offline: boolean;
  holdup: Holdup;
  confirming: boolean;
  pairing: PairingView | null;
  troubles: Trouble[];
  noText: NoText;
  /** How much of the room for waiting pages is taken, in megabytes, once that is worth telling. */
  filling: { megabytes: number; of: number } | null;
  /** What the last act of the user ran into; `keeping` where this browser could not keep it. */
  failed: Failure['problem'] | 'keeping' | null;
}

export interface Tab {
  id: number;
  url?: string;
  title?: string;
  incognito?: boolean;
}
