import type { Case } from '../../src/model/case.js';
import type { CaseResult } from '../../src/model/report.js';
import type { World } from '../../src/pipeline/world.js';
import { request, result } from '../report/sample-report.js';

/** A case, changed as a test needs it. */
export function caseOf(id: string, parts: Partial<Case> = {}): Case {
  return {
    id,
    suite: 'Comments',
    intent: 'legitimate',
    tags: [],
    at: { file: 'suites/comments.yaml', line: 9 },
    request: request(),
    expect: {},
    secrets: [],
    sessionValues: [],
    ...parts,
  };
}

/** Cases with these ids, one after the other. */
export async function* casesOf(...ids: readonly string[]): AsyncGenerator<Case> {
  for (const id of ids) yield caseOf(id);
}

export const passed = ({ id }: Case): Promise<CaseResult> => Promise.resolve(result({ id }));

/** What a job is told about its surroundings, and what it told in turn. */
export function watchedWorld(): Pick<World, 'signal' | 'progress'> & {
  readonly interrupt: AbortController;
  readonly told: string[];
} {
  const interrupt = new AbortController();
  const told: string[] = [];
  const progress = {
    stage: (text: string) => void told.push(text),
    start: (total: number) => void told.push(`start ${total}`),
    done: ({ id }: CaseResult) => void told.push(id),
    warn: (text: string) => void told.push(text),
    end: () => void told.push('end'),
  };
  return { interrupt, told, signal: interrupt.signal, progress };
}
