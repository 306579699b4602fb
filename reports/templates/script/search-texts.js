/** @typedef {import('./load-data.js').PageData} PageData */
/** @typedef {import('./case-store.js').CaseStore} CaseStore */
/** @typedef {import('../../../src/report/html/packed-case.js').PackedCase} PackedCase */

const searchedLength = 4000;

/**
 * The texts of cases that words are looked for in, in lower case.
 * @typedef {object} SearchTexts
 * @property {(place: number) => string} of
 * @property {() => Promise<void>} complete reads what only the details show, such as payloads; once
 * @property {() => boolean} isComplete
 */

/**
 * @param {PageData} data
 * @param {CaseStore} store
 * @returns {SearchTexts}
 */
export function createSearchTexts(data, store) {
  /** @type {(string | undefined)[]} */
  const heads = [];
  /** @type {string[]} */
  const details = [];
  let isComplete = false;
  /** @type {Promise<void> | undefined} */
  let completing;
  const readAll = async () => {
    for await (const { first, cases } of store.all()) {
      for (const [index, packed] of cases.entries()) details[first + index] = lower(detailTexts(packed));
    }
    isComplete = true;
  };
  /** @param {number} place */
  const headOf = (place) => {
    const head = heads[place] ?? lower(rowTexts(data, place));
    heads[place] = head;
    return head;
  };
  return {
    of: (place) => `${headOf(place)}\n${details[place] ?? ''}`,
    complete: () => {
      completing ??= readAll();
      return completing;
    },
    isComplete: () => isComplete,
  };
}

/** @param {readonly (string | undefined)[]} texts */
function lower(texts) {
  return texts
    .map((text) => (text ?? '').slice(0, searchedLength))
    .join('\n')
    .toLowerCase();
}

/**
 * @param {PageData} data
 * @param {number} place
 * @returns {readonly (string | undefined)[]}
 */
function rowTexts({ cases, rules, verdicts }, place) {
  const item = cases[place];
  if (item === undefined) return [];
  const { id, suite, title, method, path, tags, verdict, hits } = item;
  const matches = hits.flatMap(({ rule, variable }) => [`${rules[rule]?.id}`, rules[rule]?.message, variable]);
  return [id, suite, title, `${method} ${path}`, verdicts[verdict].label, ...tags, ...matches];
}

/**
 * @param {PackedCase} packed
 * @returns {readonly (string | undefined)[]}
 */
function detailTexts(packed) {
  if (packed.kind === 'viewed') {
    const { because, reason, place, request, hits } = packed.view;
    const fields = request.flatMap((section) => section.fields.flatMap(({ name, value }) => [name, value]));
    return [because, reason, place, ...fields, ...hits.map(({ matched }) => matched)];
  }
  const { because, at, verdict, request, hits = [] } = packed;
  const place = at.line === undefined ? at.file : `${at.file}:${at.line}`;
  return [because, place, ...leaves(verdict), ...leaves(request), ...hits.map(({ matched }) => matched)];
}

/**
 * All texts and names within a value.
 * @param {unknown} value
 * @returns {string[]}
 */
function leaves(value) {
  const found = [];
  const open = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string') found.push(one);
    else if (typeof one === 'number') found.push(`${one}`);
    else if (Array.isArray(one)) open.push(...one);
    else if (typeof one === 'object' && one !== null) open.push(...Object.keys(one), ...Object.values(one));
  }
  return found;
}
