import { once } from 'node:events';
import { watch } from 'chokidar';

/** Tells when files are saved, added or removed. */
export interface FileWatcher {
  /** Watches more files and folders; those that are not there yet are waited for. */
  add(paths: readonly string[]): void;
  /** What was saved since the last call, sorted; waits for it. Nothing once the signal says so. */
  changed(signal: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Editors write a file in several steps, and tools write several files: what comes so soon after is one change. */
const settleMs = 50;
/** Other people's files, and what vim and Emacs write beside a file while it is edited. */
const ignored = /[\\/](?:(?:node_modules|\.git)(?:[\\/]|$)|(?:\.[^\\/]*\.sw.|4913|[^\\/]*~|\.?#[^\\/]*)$)/;

export async function watchFiles(paths: readonly string[]): Promise<FileWatcher> {
  const seen = new Set<string>();
  let wake = () => {};
  let settled: NodeJS.Timeout | undefined;
  const watcher = watch([...paths], { ignoreInitial: true, ignored: (path) => ignored.test(path) });
  watcher.on('all', (_, path) => {
    seen.add(path);
    clearTimeout(settled);
    settled = setTimeout(() => wake(), settleMs);
  });
  await once(watcher, 'ready');
  return {
    add: (more) => void watcher.add([...more]),
    async changed(signal) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const stop = () => wake();
      signal.addEventListener('abort', stop, { once: true });
      if (!signal.aborted && (seen.size === 0 || settled === undefined)) await woken;
      signal.removeEventListener('abort', stop);
      const found = [...seen].sort();
      seen.clear();
      settled = undefined;
      return found;
    },
    close: () => watcher.close(),
  };
}
