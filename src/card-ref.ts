/**
 * A card that will be composed when it is sent or shown: its name and ids only. The outbox stores nothing else, so no score,
 * mark or text about a person ever waits in it.
 */
export interface CardRef {
  card: string;
  args: Readonly<Record<string, string | number>>;
}

/** The same for a file. In the outbox its name stands where a card's name would, with a prefix. */
export interface FileRef {
  file: string;
  args: CardRef['args'];
}
const FILE = 'file:';
export const rowOfFile = ({ file, args }: FileRef): CardRef => ({ card: FILE + file, args });
/** The file an outbox row names; null when it names a card. */
export const fileOfRow = ({ card, args }: CardRef): FileRef | null =>
  card.startsWith(FILE) ? { file: card.slice(FILE.length), args } : null;
