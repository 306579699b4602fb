import type { ConclusionId } from './conclusions.js';
import type { ProbeId } from './probes.js';

/** What to do next: send a probe and go on by what it is answered, or conclude. */
export type Step =
  | { readonly conclude: ConclusionId }
  | {
      readonly ask: ProbeId;
      readonly passes: Step;
      /** Also where it cannot be sent, unless `unsent` says otherwise. */
      readonly refused: Step;
      /** Where it is asked for credentials; default: as where it passes. */
      readonly asked?: Step;
      readonly unsent?: Step;
    }
  /** One of several has to be the reason: those are asked first that hold something odd. */
  | { readonly oneOf: readonly Suspect[]; readonly none: Step };

/** A part of the request, and the probe that passes where it is the reason. */
export interface Suspect {
  readonly ask: ProbeId;
  readonly part: 'query' | 'agent' | 'referer' | 'cookies' | 'others' | 'origin';
  readonly passes: Step;
}

const conclude = (conclusion: ConclusionId): Step => ({ conclude: conclusion });

/** Where the same texts are refused in another place too, a rule about contents has seen them. */
function elsewhereToo(ask: ProbeId, narrow: ConclusionId): Step {
  return { ask, passes: conclude(narrow), refused: conclude('content-anywhere'), unsent: conclude(narrow) };
}

/** Nothing in the request is the reason: what is left is who asks, and when. */
function whoAsks(isClosed: Step): Step {
  return {
    ask: 'no-referer-aside',
    passes: conclude('referer'),
    refused: {
      ask: 'credentials-aside',
      passes: conclude('credentials'),
      refused: {
        ask: 'no-credentials-aside',
        asked: conclude('rights'),
        passes: conclude('stale-credentials'),
        refused: {
          ask: 'address-aside',
          passes: conclude('address'),
          refused: { ask: 'later-aside', passes: conclude('rate'), refused: isClosed },
        },
      },
    },
  };
}

/** The text of the path in a cookie is what only a WAF looks at. */
function orItsText(isClosed: ConclusionId): Step {
  return { ask: 'path-as-cookie', passes: conclude(isClosed), refused: conclude('path'), unsent: conclude(isClosed) };
}

/** A plain GET is refused in the folder of the request: it may be that folder alone. */
const refusedAround: Step = {
  ask: 'away-get',
  passes: whoAsks(orItsText('open-folder')),
  refused: { ask: 'own-host-aside', passes: conclude('host'), refused: whoAsks(conclude('open-everywhere')) },
};

const headerOrQueryEverywhere: Step = {
  oneOf: [
    { ask: 'no-query-aside', part: 'query', passes: elsewhereToo('query-as-cookie', 'query') },
    { ask: 'agent-aside', part: 'agent', passes: elsewhereToo('agent-as-query', 'agent') },
    { ask: 'referer-aside', part: 'referer', passes: elsewhereToo('referer-as-query', 'referer') },
    { ask: 'cookies-aside', part: 'cookies', passes: elsewhereToo('cookies-as-query', 'cookies') },
    { ask: 'no-origin-aside', part: 'origin', passes: conclude('cross-origin') },
    { ask: 'others-aside', part: 'others', passes: conclude('other-headers') },
  ],
  none: conclude('open-headers'),
};

/** Another content type passes, with other fields and a few bytes: one of the three is the reason. */
function typeOrSizeOrNames(place: 'aside' | 'here'): Step {
  const isAside = place === 'aside';
  return {
    ask: isAside ? 'unnamed-aside' : 'unnamed',
    passes: conclude(isAside ? 'names' : 'names-here'),
    refused: {
      ask: isAside ? 'short-aside' : 'short',
      passes: conclude('size'),
      refused: conclude(isAside ? 'type' : 'type-here'),
    },
  };
}

const methodEverywhere: Step = {
  ask: 'type-aside',
  passes: typeOrSizeOrNames('aside'),
  refused: {
    ask: 'credentials-body-aside',
    passes: conclude('rights'),
    refused: {
      ask: 'get',
      passes: { ask: 'token-aside', passes: conclude('csrf'), refused: conclude('open-method') },
      refused: conclude('open-method'),
    },
  },
};

/** The path is not the reason. */
const everywhere: Step = {
  ask: 'get-aside',
  passes: { ask: 'harmless-aside', passes: conclude('content'), refused: methodEverywhere },
  refused: { ask: 'neutral-get-aside', passes: headerOrQueryEverywhere, refused: refusedAround },
};

/** A GET passes there, and a harmless body with the headers of a browser does not. */
const writingHere: Step = {
  ask: 'token',
  passes: conclude('csrf'),
  refused: {
    ask: 'type',
    passes: typeOrSizeOrNames('here'),
    refused: {
      ask: 'credentials',
      passes: conclude('rights'),
      refused: {
        ask: 'no-credentials',
        asked: conclude('rights'),
        passes: conclude('stale-credentials'),
        refused: conclude('open-writing'),
      },
    },
  },
};

/** A harmless body with the headers of a browser passes there. */
const contentOrHeaderHere: Step = {
  ask: 'harmless',
  passes: {
    ask: 'body-as-query',
    passes: conclude('content-here'),
    refused: conclude('content-here-anywhere'),
    unsent: conclude('content-here'),
  },
  refused: {
    oneOf: [
      { ask: 'no-origin', part: 'origin', passes: conclude('cross-origin') },
      { ask: 'own-origin', part: 'origin', passes: conclude('origin') },
      { ask: 'agent', part: 'agent', passes: conclude('agent') },
      { ask: 'referer', part: 'referer', passes: conclude('referer') },
    ],
    none: conclude('open-headers'),
  },
};

const answerOrPathHere: Step = { ask: 'head', passes: conclude('outbound'), refused: orItsText('open-here') };

/** A GET is refused there, whatever its headers are. */
const closedHere: Step = {
  ask: 'no-query',
  passes: conclude('query'),
  refused: {
    ask: 'no-referer-get',
    passes: conclude('referer'),
    refused: {
      ask: 'credentials-get',
      passes: conclude('credentials'),
      refused: {
        ask: 'no-credentials-get',
        asked: conclude('rights'),
        passes: conclude('stale-credentials'),
        refused: {
          ask: 'address-get',
          passes: conclude('address'),
          refused: { ask: 'later-get', passes: conclude('rate'), refused: answerOrPathHere },
        },
      },
    },
  },
};

/** Only at this path. */
const here: Step = {
  ask: 'get',
  passes: { ask: 'neutral', passes: contentOrHeaderHere, refused: writingHere, unsent: conclude('not-asked') },
  refused: {
    ask: 'neutral-get',
    passes: {
      oneOf: [
        { ask: 'agent-get', part: 'agent', passes: conclude('agent') },
        { ask: 'referer-get', part: 'referer', passes: conclude('referer') },
        { ask: 'cookies-get', part: 'cookies', passes: conclude('cookies') },
        { ask: 'no-origin-get', part: 'origin', passes: conclude('cross-origin') },
        { ask: 'others-get', part: 'others', passes: conclude('other-headers') },
      ],
      none: conclude('open-headers'),
    },
    refused: closedHere,
  },
};

/**
 * Which probe follows which answer. It begins with what is most often the reason and harms nobody: the same request at a path
 * that does not exist. Measured on 34 ways in which Apache, nginx, HAProxy, ModSecurity and an application refuse.
 */
export const decisionTable: Step = { ask: 'aside', passes: here, refused: everywhere, unsent: here };
