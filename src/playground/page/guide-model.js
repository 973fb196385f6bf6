/**
 * “Your first five minutes” as the server hands it in: steps that tick themselves when the thing has been done, whom to play, and
 * the commands worth offering. The desk and the strip above the chat both show it.
 */
import { onAct } from './acts.js';
import { api } from './api.js';
import { recall, remember } from './memory.js';
import { me } from './state.js';
import { lang } from './texts.js';

/** @typedef {import('./acts.js').Act} Act */
/** @typedef {import('./types.js').GuideJson} GuideJson */
/** @typedef {import('./types.js').StepJson} StepJson */
/** @typedef {import('./types.js').DoneJson} DoneJson */

/** @type {GuideJson} */
let guide = { people: [], commands: [], steps: [] };
const done = new Set(/** @type {string[]} */ (recall('guide', [])));
/** @type {Set<() => void>} */
const watchers = new Set();

/** @param {() => void} watcher called whenever the guide or its progress changes @param {AbortSignal} until */
export function onGuide(watcher, until) {
  watchers.add(watcher);
  until.addEventListener('abort', () => watchers.delete(watcher));
}
const changed = () => {
  remember('guide', [...done]);
  for (const watcher of watchers) watcher();
};

export async function loadGuide() {
  guide = { ...guide, ...(await api.guide()) };
  for (const watcher of watchers) watcher();
}

export const steps = () => guide.steps;
export const commands = () => guide.commands;
/** A command as it is typed in the language of the page. @param {{ name: string, zh: string }} command */
export const typedName = ({ name, zh }) => (lang() === 'en' ? name : zh);
export const startWith = () => guide.people;
export const chair = () => guide.chair ?? null;
/** @param {string} key */
export const isDone = (key) => done.has(key);
export const nextStep = () => guide.steps.find((step) => !done.has(step.key)) ?? null;
export const doneCount = () => guide.steps.filter((step) => done.has(step.key)).length;

/** @param {import('./types.js').Sentence | undefined} sentence in the page's language */
export const said = (sentence) => (lang() === 'en' ? sentence?.en : sentence?.zh) ?? '';

export function restart() {
  done.clear();
  changed();
}
/** @param {string} key */
export function skip(key) {
  done.add(key);
  changed();
}

/** @param {string} name @param {string} pattern exact, or the beginning when it ends in `*` */
const fits = (name, pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern);

/** @param {DoneJson} how @param {StepJson} step @param {Act} act */
function meets(how, step, act) {
  switch (how.on) {
    case 'person':
      return act.act === 'as' && (step.as === undefined || act.id === step.as);
    case 'typed':
      return act.act === 'type' && how.words.some((word) => act.text.replace('／', '/').startsWith(word));
    case 'pressed':
      return act.act === 'click' && act.ok && fits(act.name, how.button);
    case 'others':
      return act.act === 'others';
    case 'opened':
      return act.act === 'chat' && (step.chat === undefined || act.id === step.chat || act.type === step.chat);
    default:
      return false;
  }
}

/**
 * Each step counts when it is its turn or later: somebody may already be further on. The others can act again and again, so once
 * ticks the first such step only.
 * @param {Act} act
 */
function take(act) {
  const before = done.size;
  for (const step of guide.steps) {
    if (done.has(step.key) || !step.done.some((how) => meets(how, step, act))) continue;
    done.add(step.key);
    if (act.act === 'others') break;
  }
  if (done.size !== before) changed();
}

/** A person is played already when the page opens. */
export const noticePerson = () => {
  const person = me();
  if (person) take({ act: 'as', id: person.id });
};

onAct(take);
