/** Opens something, uses it and closes it, however the use ends. */
export async function using<B extends { close(): Promise<void> }, T>(
  opening: Promise<B>,
  use: (opened: B) => Promise<T>,
): Promise<T> {
  const opened = await opening;
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}
