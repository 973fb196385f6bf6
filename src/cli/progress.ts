/** Where a command writes: a process stream, or a collector in tests. */
export interface TextOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

const WIDTH = 30;

/** A bar on one line of a terminal; silent when the output is not a terminal. */
export function progressBar(output: TextOutput, label: string) {
  const live = output.isTTY === true;
  return {
    show: (done: number, all: number): void => {
      if (!live) return;
      const filled = all === 0 ? WIDTH : Math.round((done / all) * WIDTH);
      output.write(`\r${label} [${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}] ${done}/${all}`);
    },
    clear: (): void => {
      if (live) output.write('\r\u001b[2K');
    },
  };
}
