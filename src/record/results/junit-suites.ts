import { SaxesParser } from 'saxes';
import { mostTests } from './runner-result.js';

/** A test as JUnit's XML has it. */
export interface JunitTest {
  readonly name: string;
  readonly file: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** As it is written; empty where there is none. */
  readonly timestamp: string;
}

export interface JunitSuite {
  readonly timestamp: string;
  /** How long it took, whatever its writer counts; 0: not told. */
  readonly ms: number;
  readonly tests: readonly JunitTest[];
}

export interface JunitSuites {
  readonly suites: readonly JunitSuite[];
  /** What the whole says that it took, in milliseconds; 0: not told. */
  readonly wallMs: number;
  /** Where it is no XML any more, a sentence part; what stands before it is read. */
  readonly problem?: string;
}

interface OpenSuite {
  readonly timestamp: string;
  readonly ms: number;
  readonly tests: JunitTest[];
}

type Attributes = Readonly<Record<string, string>>;

/** The suites that have tests and the moment when they began, or those around them. Entities of a document's own stay unread. */
export function readJunitSuites(xml: string): JunitSuites {
  const reading = new JunitReading();
  const parser = new SaxesParser({ position: true });
  let problem: string | undefined;
  let problems = 0;
  parser.on('error', ({ message }) => {
    problem ??= `it is not whole XML (${message.slice(0, longestProblem)})`;
    problems++;
  });
  parser.on('opentag', ({ name, attributes }) => reading.open(name, attributes as Attributes));
  parser.on('closetag', ({ name }) => reading.close(name));
  for (let start = 0; start < xml.length && problems < mostProblems; start += chunk)
    parser.write(xml.slice(start, start + chunk).replace(notXml, ' '));
  if (problems < mostProblems) parser.close();
  const { suites, wallMs } = reading;
  return { suites, wallMs, ...(problem !== undefined && { problem }) };
}

const chunk = 65_536;
const longestProblem = 120;
const mostProblems = 1000;
/** Colours of a terminal and the like, which runners write as they are. */
const notXml = /[^\P{Cc}\t\n\r\x7f-\x9f]/gu;

class JunitReading {
  readonly suites: OpenSuite[] = [];
  wallMs = 0;
  readonly #open: OpenSuite[] = [];
  #test: JunitTest | undefined;
  #count = 0;

  open(name: string, attributes: Attributes): void {
    if (name === 'testsuites') this.wallMs = milliseconds(attributes['time']);
    if (name === 'testsuite') this.#openSuite(attributes);
    if (name === 'testcase') this.#test = testOf(attributes);
    // A test that was left out sent nothing.
    if (name === 'skipped') this.#test = undefined;
  }

  close(name: string): void {
    if (name === 'testsuite') this.#open.pop();
    if (name !== 'testcase' || this.#test === undefined) return;
    if (this.#count++ < mostTests) this.#open.at(-1)?.tests.push(this.#test);
    this.#test = undefined;
  }

  /** One that does not say when it began is a part of the one around it. */
  #openSuite({ timestamp = '', time }: Attributes): void {
    const around = this.#open.at(-1);
    if (timestamp === '' && around !== undefined) {
      this.#open.push(around);
      return;
    }
    const suite = { timestamp: timestamp.trim(), ms: milliseconds(time), tests: [] };
    this.suites.push(suite);
    this.#open.push(suite);
  }
}

function testOf({ name = '', classname = '', file = classname, time, timestamp = '' }: Attributes): JunitTest {
  return { name, file, ms: milliseconds(time), timestamp: timestamp.trim() };
}

/** From seconds, in which some put commas for thousands. */
function milliseconds(seconds = '0'): number {
  const ms = Number(seconds.replaceAll(',', '')) * 1000;
  return ms > 0 && Number.isFinite(ms) ? ms : 0;
}
