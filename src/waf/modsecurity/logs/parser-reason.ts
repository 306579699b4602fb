/** Longer than any reason that an engine gives. */
const longest = 300;

/**
 * Why the engine refuses a body, where the line of a rule tells. Data of rule 200002: `JSON parsing error: parse error:
 * client cancelled parse via callback return value\n. Parsing depth limit exceeded`. Message or data of rule 200003: `PE 0,
 * BQ 1, BW 0, DB 1, …`. Words of rule 200007: `Operator GE matched 1000 at ARGS.` Coraza has other rules under the numbers 200004
 * and 200005: `Argument limit reached; request rejected (POST args)`.
 */
export function reasonIn({ ruleId, words, message, data }: Texts): string | undefined {
  if (isUnfinished(words)) return ranOut;
  switch (ruleId) {
    case 200002:
      return shortened(data);
    case 200003:
      return flagsIn(message) ?? flagsIn(data);
    case 200007:
      return tooManyArguments(words);
    case 200004:
    case 200005:
      return /^Argument limit reached/.test(message) ? tooManyArguments('') : undefined;
    default:
      return undefined;
  }
}

/**
 * What ModSecurity 2 only takes down when a parser stops before the end of a body: the request goes on, and whether it is refused
 * is for a rule to say. At the end of the body it refuses by itself: `JSON parser error: …`, `Multipart: Final boundary missing.`
 */
export function isOnlyNoted(words: string): boolean {
  return noted.test(words) && !atTheEnd.test(words);
}

const noted = /^(?:JSON|XML|Multipart) parsing error\b/;
const atTheEnd = /Final boundary missing|No boundaries found/;

/** What is told of a rule that mod_security2 did not finish. */
export const ranOut = 'ran out of the limit for regular expressions (SecPcreMatchLimit)';

const unfinished = /^Rule [0-9a-f]+ \[id "(\d{1,9})"\].{0,4000}? - Execution error - PCRE limits exceeded/s;

/** Whether a reason tells of a rule that was not finished, be it the hit's own or another one. */
export function tellsRanOut(reason: string | undefined): boolean {
  return reason?.endsWith(ranOut) === true;
}

/** Whether the words are of a rule that was not finished. */
export function isUnfinished(words: string): boolean {
  return unfinished.test(words);
}

/**
 * The rule of which mod_security2 says: `Rule 7fd6fc3ceea0 [id "942360"][file "/…/942.conf"][line "451"] - Execution error -
 * PCRE limits exceeded (-8): (null).` Nothing for other words.
 */
export function unfinishedRule(line: string): number | undefined {
  const id = unfinished.exec(line)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** What a line says, as `RuleMessage` has it. */
interface Texts {
  readonly ruleId: number | undefined;
  readonly words: string;
  readonly message: string;
  readonly data: string;
}

/** On one line and without what is no word; nothing where nothing is left. */
export function shortened(text: string): string | undefined {
  const line = text.slice(0, longest).replace(/\s+/g, ' ').replaceAll(' . ', '. ').replace(stopped, '').trim();
  return line === '' ? undefined : line;
}

/** Says that the engine stopped its parser of JSON, before it says why. */
const stopped = 'parse error: client cancelled parse via callback return value. ';

/** Flags of `MULTIPART_STRICT_ERROR`, as the recommended rule 200003 abbreviates them (modsecurity.conf). */
const flags: Readonly<Record<string, string>> = {
  PE: 'the parser failed',
  BQ: 'the boundary is quoted',
  BW: 'the boundary has white space in it',
  DB: 'data before the first boundary',
  DA: 'data after the last boundary',
  HF: 'a folded header',
  LF: 'a line that ends in LF alone',
  SM: 'a semicolon is missing',
  IQ: 'invalid quoting',
  IP: 'an invalid part',
  IH: 'invalid header folding',
  FL: 'too many files',
};

function flagsIn(text: string): string | undefined {
  const raised = [...text.slice(0, 1000).matchAll(/\b([A-Z]{2}) 1\b/g)].flatMap(([, name = '']) => {
    const meaning = flags[name];
    return meaning === undefined ? [] : [`${meaning} (${name} 1)`];
  });
  return raised.length === 0 ? undefined : [...new Set(raised)].join(', ');
}

function tooManyArguments(words: string): string {
  const number = /\bwith parameter `(\d{1,9})'|\bmatched (\d{1,9}) at /.exec(words.slice(0, longest));
  const limit = number?.[1] ?? number?.[2];
  return `${limit ?? 'too many'} arguments${limit === undefined ? '' : ' or more'} (SecArgumentsLimit)`;
}
