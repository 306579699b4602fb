/** What jobs have found out: a text for each name, which has no blank in it. No text has a line feed in it. */
export type Notes = ReadonlyMap<string, string>;

/** Keeps what a job has found out for later ones that ask the same. It may forget anything at any time. */
export interface NoteStore {
  /** @param key tells apart all that the notes depend on */
  read(key: string): Promise<Notes>;
  /** Adds to what is known under a key. */
  add(key: string, notes: Notes): Promise<void>;
}
