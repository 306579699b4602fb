import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { Tree } from './tree.js';

/** What a set-up says that has nothing to do. */
export const ready = { exitCode: 0, stdout: '', stderr: '' };

/** A tree that is set up once for the tests of a file. */
export class FinishedTree {
  #tree: Tree | undefined;

  static forFile(): FinishedTree {
    const finished = new FinishedTree();
    beforeAll(async () => {
      finished.#tree = await Tree.make();
      await finished.shared.setUp();
    });
    afterAll(() => finished.#tree?.remove());
    return finished;
  }

  /** For tests that change nothing in it. */
  get shared(): Tree {
    if (this.#tree === undefined) throw new Error('the tree is set up before the first test');
    return this.#tree;
  }

  /** A copy for one test, which removes it. */
  async own(): Promise<Tree> {
    const tree = await this.shared.copy();
    onTestFinished(() => tree.remove());
    return tree;
  }
}
