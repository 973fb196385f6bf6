/** Answers for programs. Headers are one constant object, which the server writes out without taking it apart. */

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = HEADERS,
): Response => new Response(JSON.stringify(value), { status, headers });

/** An error in one word or sentence; never what an exception said. */
export const errorAnswer = (status: number, error: string): Response => jsonAnswer(status, { error });

/** For an address that takes another method. */
export const onlyAnswer = (allow: string): Response =>
  jsonAnswer(405, { error: `only ${allow}` }, { ...HEADERS, allow });
