/**
 * Every limit of the Feishu/Lark platform that this program depends on, one constant each. The adapter keeps within them, the
 * lint checks them, the playground enforces them. "undocumented" marks a number the platform does not publish.
 */

// Messages (im/v1/messages create and reply; platform/lark.md §3.1, §4.2)
/** Request body of a card or rich-text message. */
export const CARD_MESSAGE_MAX_BYTES = 30 * 1024;
/** Request body of a plain text message. */
export const TEXT_MESSAGE_MAX_BYTES = 150 * 1024;
/** Room kept in the request body for everything beside `content`: receive_id, msg_type, uuid. Own choice. */
export const MESSAGE_ENVELOPE_BYTES = 256;
/** Characters of the `uuid` idempotency key. */
export const UUID_MAX_CHARS = 50;
/** How long a `uuid` is remembered; a retry after that is a second message. */
export const UUID_WINDOW_MS = 60 * 60 * 1000;

// Updates (§2.4, §2.5)
/** A card can be patched, and clicked, this long after it was sent. */
export const CARD_UPDATE_MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;
/** The `c-` token of a click can be used this long for the delayed update. */
export const UPDATE_TOKEN_MAX_AGE_MS = 30 * 60 * 1000;
export const UPDATE_TOKEN_MAX_USES = 2;

// Rates (§4.2, §4.10): per API, app and tenant, then per recipient
export const GATEWAY_PER_MINUTE = 1_000;
export const GATEWAY_PER_SECOND = 50;
/** Messages to one person. */
export const PERSON_PER_SECOND = 5;
/** Messages into one group, shared by all bots in it. */
export const GROUP_PER_SECOND = 5;
/** Patches of one message. */
export const PATCH_PER_SECOND = 5;

// Pushes (§1.1, §1.6, §2.2)
export const CHALLENGE_DEADLINE_MS = 1_000;
export const PUSH_DEADLINE_MS = 3_000;
/** Waits before the 1st…4th redelivery of an event that was not acknowledged. Callbacks are never redelivered. */
export const EVENT_RETRY_DELAYS_MS = [15_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000] as const;

// Token (§4.1)
export const TENANT_TOKEN_LIFE_MS = 7_200_000;
/** With at least this much life left the same token is handed out again. */
export const TENANT_TOKEN_RENEW_MS = 30 * 60_000;

// Lookups and lists (§4.8, §4.9)
export const BATCH_GET_ID_MAX = 50;
export const CHAT_PAGE_MAX = 100;

// Files and images (§4.7)
export const FILE_MAX_BYTES = 30 * 1024 * 1024;
export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;

// Card JSON 2.0 (§3.1)
/** Objects with a `tag`, option texts and labels included: how the platform counts is only half documented, this is the strict reading. */
export const CARD_MAX_ELEMENTS = 200;
/** What the renderer aims at; the platform's own count may be higher than ours. Own choice. */
export const CARD_SAFE_ELEMENTS = 180;
export const CARD_MAX_NESTING = 5;
/** Tables of a card, tables written in markdown included. */
export const CARD_MAX_TABLES = 5;
/** Recommended, not enforced. */
export const CARD_ADVISED_CHARTS = 5;
export const HEADER_SHOWN_TAGS = 3;

// Inputs and selects (§3.1, §3.4)
export const INPUT_MAX_CHARS = 1_000;
export const PLACEHOLDER_MAX_CHARS = 100;

// Tables (§3.6)
/** Further columns are not shown. */
export const TABLE_SHOWN_COLUMNS = 50;
export const TABLE_MAX_PAGE_SIZE = 10;
