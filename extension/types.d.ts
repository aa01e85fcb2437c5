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
  needsPairing: boolean;
  /** Whether the companion answered when it was last spoken to. */
  reachable: boolean;
  asking: Asking | null;
  today: Day | null;
  retry: { step: number; notBefore: number };
  /** How far the latest segments were accepted: what grew since is all that waits. */
  acceptedTime: { id: string; end: string }[];
  flashUntil: number;
  source: string;
  revision: number;
}

export type Failure =
  | { ok: false; problem: 'absent' }
  | { ok: false; problem: 'slow' }
  | { ok: false; problem: 'unpaired' }
  | { ok: false; problem: 'refused'; status: number; reason: string }
  | { ok: false; problem: 'later'; status: number; retryAfter: number }
  | { ok: false; problem: 'broken'; status: number; reason: string };

export type Result<T = unknown> = { ok: true; status: number; body: T } | Failure;

export type CaptureBody = Omit<Capture, 'html' | 'commentary'>;

interface EntryBase {
  seq?: number;
  id: string;
  state: 'waiting' | 'parked';
  reason: string;
  attempts: number;
  /** Counts the changes, so that what changed while it was being sent is noticed. */
  version: number;
}

export interface CaptureEntry extends EntryBase {
  kind: 'capture';
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

export type Entry = CaptureEntry | CommentaryEntry | SegmentEntry;

/** The last answer of the companion about a page, kept by identity. */
export interface KeptReceipt {
  identity: string;
  capture_id: string;
  known: boolean;
  item: Item;
  suggestions: Suggestion[];
  slot: Slot | null;
  at: number;
}

/** What was read from the page at the click. */
export interface Page {
  url: string;
  canonical: string | null;
  title: string;
  lang: string | null;
  html: string | null;
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
}

export interface PairingView {
  state: 'waiting' | 'over' | 'absent' | 'needed';
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
  state: 'saving' | 'saved' | 'known' | 'waiting' | 'pairing' | 'parked' | 'ask' | 'browser-page' | 'undone';
  identity: string;
  capture: string;
  page: PageLine | null;
  item: Item | null;
  suggestions: Suggestion[];
  slot: Slot | null;
  quotes: Quote[];
  text: string;
  offline: boolean;
  confirming: boolean;
  pairing: PairingView | null;
  troubles: Trouble[];
  /** What the last act of the user ran into. */
  failed: Failure['problem'] | null;
}

export interface Tab {
  id: number;
  url?: string;
  title?: string;
  incognito?: boolean;
}
