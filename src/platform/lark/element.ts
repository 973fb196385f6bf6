/** The few shapes of card JSON 2.0 that the converters share. */

/** An element of a card: an object with a `tag`. */
export interface LarkElement {
  tag: string;
  [property: string]: unknown;
}
export interface LarkCard {
  schema: '2.0';
  config: Record<string, unknown>;
  header: Record<string, unknown>;
  body: { elements: LarkElement[] };
}
/** Text without any markup; counts as an element itself. */
export const plain = (content: string) => ({ tag: 'plain_text', content });
/** `content` must be escaped already. */
export const markdown = (content: string): LarkElement => ({ tag: 'markdown', content });
