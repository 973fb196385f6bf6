/**
 * A bot as one would write it with the usual parts, to compare with: the official SDK's Express adapter verifies and decrypts, each
 * ballot is one better-sqlite3 transaction (WAL, synchronous=FULL). It answers with cards of the same size that are made beforehand,
 * which spares it the rendering; a half-filled page is kept on the server, as such bots do, since nothing else would remember it.
 * Arguments: database file, file with the answer to a cast, file with the answer to a page turn.
 */
import { readFileSync } from 'node:fs';
import * as lark from '@larksuiteoapi/node-sdk';
import Sqlite from 'better-sqlite3';
import express from 'express';
import { APP } from './stage.ts';

interface Click {
  operator: { open_id: string };
  action: { value: { a: string; r: string; d: string }; form_value?: Record<string, string> };
}

const [file = '', castAnswer = '', pageAnswer = ''] = process.argv.slice(2);
const answers = {
  cast: JSON.parse(readFileSync(castAnswer, 'utf8')) as object,
  page: JSON.parse(readFileSync(pageAnswer, 'utf8')) as object,
};

const db = new Sqlite(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`CREATE TABLE IF NOT EXISTS ballot (review TEXT, voter TEXT, marks TEXT NOT NULL, PRIMARY KEY (review, voter)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS page (review TEXT, voter TEXT, marks TEXT NOT NULL, PRIMARY KEY (review, voter)) WITHOUT ROWID`);
const putBallot = db.prepare('INSERT INTO ballot (review, voter, marks) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
const dropPage = db.prepare('DELETE FROM page WHERE review = ? AND voter = ?');
const putPage = db.prepare(
  'INSERT INTO page (review, voter, marks) VALUES (?, ?, ?) ON CONFLICT (review, voter) DO UPDATE SET marks = excluded.marks',
);
const cast = db.transaction((review: string, voter: string, marks: string) => {
  dropPage.run(review, voter);
  return putBallot.run(review, voter, marks).changes === 1;
});

const dispatcher = new lark.EventDispatcher({
  encryptKey: APP.encryptKey,
  verificationToken: APP.verificationToken,
  loggerLevel: lark.LoggerLevel.error,
}).register({
  'card.action.trigger': ({ operator, action }: Click) => {
    const { a, r, d } = action.value;
    if (a !== 'ballot_cast') {
      putPage.run(r, operator.open_id, JSON.stringify(action.form_value));
      return answers.page;
    }
    return cast(r, operator.open_id, d) ? answers.cast : { toast: { type: 'warning', content: 'already voted' } };
  },
});

const server = express()
  .use('/lark/events', lark.adaptExpress(dispatcher, { autoChallenge: true }))
  .listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
  });
