/** The playground for tests: the typed client, people to play, and starting it in this process or in one of its own. */
export { PlaygroundClient, PlaygroundError } from '../../src/playground/client/http.ts';
export type { CardJson, ClickOutcome, SentMessage } from '../../src/playground/client/http.ts';
export { Player, type Pressed, type ShownCard } from '../../src/playground/client/player.ts';
export { type CardView, readCard } from '../../src/playground/client/read-card.ts';
export { spawnPlayground } from '../../src/playground/client/spawn.ts';
