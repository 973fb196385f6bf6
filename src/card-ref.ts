/**
 * A card that will be composed when it is sent or shown: its name and ids only. The outbox stores nothing else, so no score,
 * mark or text about a person ever waits in it.
 */
export interface CardRef {
  card: string;
  args: Readonly<Record<string, string | number>>;
}
