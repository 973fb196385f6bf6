/** Who has what to do: the newest card of each kind of work in each review, for every person. */
import type { Message, Person, World } from '../world.ts';
import { type Step, stepOf } from './step.ts';

export interface Task {
  message: Message;
  step: Step;
  /** The card stands in a group: everyone presses it once, and it does not turn pages. */
  shared: boolean;
}

export interface Waiting {
  /** Tasks of one person, the newest first. */
  of(person: Person): Task[];
}

/** Looks at each chat once, however many people are in it. */
export function findWaiting({ chatsOf }: Pick<World, 'chatsOf'>, review: string | null): Waiting {
  const byChat = new Map<string, Task[]>();
  return {
    of: ({ openId }) =>
      chatsOf(openId).flatMap((chat) => {
        const known = byChat.get(chat.chatId);
        if (known) return known;
        const shared = chat.type === 'group';
        const seen = new Set<string>();
        const tasks = chat.messages.toReversed().flatMap((message): Task[] => {
          const step = stepOf(message);
          if (!step || (review !== null && step.review !== review)) return [];
          const kind = `${step.work} ${step.review ?? message.messageId}`;
          if (seen.has(kind)) return []; // an older card of the same kind: the newest is as good
          seen.add(kind);
          return [{ message, step, shared }];
        });
        byChat.set(chat.chatId, tasks);
        return tasks;
      }),
  };
}
