/** What is left of some work at the rate so far, as `12 s left`; nothing before the rate says anything. */
export function timeLeft(done: number, total: number, elapsedMs: number): string | undefined {
  if (done === 0 || done >= total || elapsedMs < soonestMs) return undefined;
  return `${duration((elapsedMs / done) * (total - done))} left`;
}

const soonestMs = 1000;

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
