import type { RecordedCommand } from '../pipeline/record/record-command.js';
import { counted } from '../util/counted.js';

/** Which tests a WAF would refuse something. */
export function describeTests({ tests, ofNoTest }: Pick<RecordedCommand, 'tests' | 'ofNoTest'>): readonly string[] {
  if (tests.length === 0) return [];
  const refused = tests.filter((test) => test.refused.length > 0);
  const others = ofNoTest === 0 ? '' : `; of ${counted(ofNoTest, 'request')} no test is known`;
  return [
    `a WAF would refuse requests of ${refused.length} of ${counted(tests.length, 'test')}${others}`,
    ...refused.flatMap(({ name, refused: lines }) => [`  ${name}`, ...lines.map((line) => `    ${line}`)]),
  ];
}
