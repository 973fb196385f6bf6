/**
 * Every limit of DingTalk that this program depends on, one constant each. The adapter keeps within them, the lint checks them, the
 * playground enforces them. "undocumented" marks a number DingTalk does not publish; "own choice" one that is ours.
 */

// Pushes (platform/dingtalk.md §1.2, §2.7)
/** Difference between the `timestamp` of a robot message and our clock. */
export const MESSAGE_MAX_AGE_MS = 60 * 60_000;
/** The same for a card callback: undocumented, own choice. */
export const CLICK_MAX_AGE_MS = 15 * 60_000;
export const MESSAGE_DEADLINE_MS = 2_500;
/** The answer to a card callback must have arrived by then. */
export const CLICK_DEADLINE_MS = 2_000;
/** What is left of it for us: the rest is the way there and back. Own choice. */
export const CLICK_ANSWER_MS = 1_500;
/** The same content of the same card by the same person within this time, and at most twice as long, is the same click. Own choice. */
export const SAME_CLICK_MS = 5_000;

// Stream mode (§1.4)
/** A ticket is good for one connection. */
export const STREAM_TICKET_LIFE_MS = 90_000;
/** A connection on notice: silent at once, closed after this. */
export const STREAM_GOODBYE_MS = 10_000;
/** A frame that was not acknowledged comes again. Reported. */
export const STREAM_REDELIVERY_MS = 60_000;

/** Nothing heard for this long: a second connection is opened before the first is given up. Own choice. */
export const STREAM_QUIET_MS = 120_000;

// Rates (§3.8): per app and API; DingTalk's own is 20, shared by all that is sent
export const API_PER_SECOND = 20;
/** Ten a second for what is sent to many: half of DingTalk's own, since the stated limit is disputed. Own choice (§3.8). */
export const BULK_PER_MINUTE = 600;
/** With the 3 % that the outbox keeps free of bulk, for answers somebody waits for. */
export const SENDS_PER_MINUTE = 620;
/** More than a sixtieth, so that a refused second is made up for; still below DingTalk's own. */
export const SENDS_PER_SECOND = 15;
/** Into one chat or to one person; undocumented, own choice. */
export const RECIPIENT_PER_SECOND = 3;
/** Updates of one card; two at once fail (§2.3). */
export const UPDATES_PER_CARD_PER_SECOND = 1;
/** A card that many click is brought up to date for the others this often: each time costs a call (§3.9). Own choice. */
export const GROUP_REFRESH_MS = 60_000;

// Monthly quota of an organisation, all its apps together, by its plan (§3.9); `free` as it is since 2025-11-19
export const PLAN_QUOTAS = {
  free: { calls: 5_000, pushes: 3_000 },
  professional: { calls: 200_000, pushes: 50_000 },
  pack: { calls: 5_000_000, pushes: 500_000 },
} as const;

// Token (§4.1)
export const TOKEN_LIFE_MS = 7_200_000;

// Robot messages and files (§3.2, §3.5)
export const MESSAGE_PARAM_MAX_BYTES = 15_000;
export const PEOPLE_PER_BATCH = 20;
export const RECALL_PER_BATCH = 20;
export const FILE_MAX_BYTES = 20 * 1024 * 1024;
export const IMAGE_MAX_BYTES = 20 * 1024 * 1024;
/** What `sampleFile` takes; everything else goes inside a zip. */
export const FILE_TYPES: readonly string[] = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

// Cards (§2.2, §2.3, §2.6)
export const OUT_TRACK_ID_MAX_CHARS = 100;
export const OPEN_SPACE_ID_MAX_CHARS = 1_000;
export const VARIABLE_NAME_MAX_BYTES = 100;
/** The API pages' own figure for one value; official examples go beyond it. */
export const VALUE_ADVISED_BYTES = 1_024;
/** The largest value an official example proves is 2,970 bytes. */
export const VALUE_MAX_BYTES = 3_072;
/**
 * The form with what a person wrote before in it. Above what is proven (values of 18,000 characters are reported to work), and used
 * for nothing but texts that would otherwise be lost.
 */
export const FORM_MAX_BYTES = 16_384;
export const CARD_MAX_BYTES = 100 * 1024;
export const FORM_MAX_FIELDS = 40;
export const TABLE_MAX_ROWS = 20;

// Our template (card-template.json): slots, own choice
/** Lines, table, chart and buttons; six stand before the form, four after it. */
export const SECTIONS = 10;
export const SECTIONS_BEFORE_FORM = 6;
export const FORM_BUTTONS = 8;
