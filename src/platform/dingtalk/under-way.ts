/**
 * Frames that are still worked on, by the connection they came by. DingTalk takes an answer on that connection only, and leaves a
 * connection on notice ten seconds for it (platform/dingtalk.md §1.4).
 */
export interface UnderWay {
  /** Does the work of one frame; its connection is kept open meanwhile. */
  work(socket: WebSocket, frame: () => Promise<void>): Promise<void>;
  /** Ends a connection as soon as nothing that came by it waits for its answer, and after `longestMs` whatever does. */
  leave(socket: WebSocket, longestMs: number): void;
  /** Forgets a connection that has ended. */
  forget(socket: WebSocket): void;
}

export function createUnderWay(): UnderWay {
  const counts = new Map<WebSocket, number>();
  const leaving = new Map<WebSocket, NodeJS.Timeout>();
  const busy = (socket: WebSocket) => counts.get(socket) ?? 0;

  function end(socket: WebSocket): void {
    clearTimeout(leaving.get(socket));
    leaving.delete(socket);
    socket.close();
  }
  return {
    async work(socket, frame) {
      counts.set(socket, busy(socket) + 1);
      try {
        await frame();
      } finally {
        const left = busy(socket) - 1;
        if (left > 0) counts.set(socket, left);
        else counts.delete(socket);
        if (left <= 0 && leaving.has(socket)) end(socket);
      }
    },
    leave(socket, longestMs) {
      if (busy(socket) === 0) {
        end(socket);
        return;
      }
      if (leaving.has(socket)) return;
      const timer = setTimeout(() => end(socket), longestMs);
      timer.unref();
      leaving.set(socket, timer);
    },
    forget(socket) {
      clearTimeout(leaving.get(socket));
      leaving.delete(socket);
    },
  };
}
