import { type Draft, linesOf, type Packed, whenAny } from '../../../model/draft.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { comment } from './comment.js';
import { byEndpoint, explainEndpoint } from './endpoint-rules.js';
import { explain, head, inOrder } from './explain.js';
import { isRuntime, ruleFileObstacle } from './modsecurity-dialect.js';
import { directivesOf, piecesOf } from './nginx-rules.js';
import type { EngineName, RuleDialect, RuleNotes } from './rule-dialect.js';
import { writtenOf } from './written.js';

const engines: readonly EngineName[] = ['modsecurity3'];
const prefix = 'nginx.ingress.kubernetes.io';

const what = [
  'Exclusions for an Ingress of ingress-nginx: kubectl patch ingress NAME --patch-file ingress-patch.yaml',
  'They act on every path of this Ingress. The controller needs allow-snippet-annotations and annotations-risk-level: Critical.',
  'Annotations that the Ingress has already under these names are replaced: join them by hand.',
  'nginx takes 4096 bytes of rules at once: what is more stands in configuration-snippet.',
];

/** Annotations for an Ingress. The controller reads their rules before all others, which libmodsecurity 3 does not mind. */
export function ingressNginxDialect(): RuleDialect {
  return {
    name: 'ingress-nginx',
    obstacle: (exclusion) => snippetObstacle(exclusion) ?? ruleFileObstacle(exclusion, engines),
    write: (exclusions, notes) => {
      const text = [
        head({ what, exclusions, all: exclusions }, notes),
        explanations(exclusions, notes),
        linesOf(['metadata:', '  annotations:']),
        linesOf(['modsecurity', 'owasp-core-rules'].map((name) => `    ${prefix}/enable-${name}: "true"`)),
        directivesOf(piecesOf('', exclusions, isScoped), annotations),
      ];
      return writtenOf({ files: [{ name: 'ingress-patch.yaml', text }], blocks: [], exclusions }, notes);
    },
  };
}

/** What the first annotation has no room for are directives of another one. */
const annotations: Packed['forms'] = [
  [`    ${prefix}/modsecurity-snippet: |\n`, inBlock([{ here: 'pack' }, '\n'])],
  [`    ${prefix}/configuration-snippet: |\n`, inBlock(directive())],
  inBlock(directive()),
];

/** A literal block scalar: rules are lines of ASCII that begin with a letter, or with blanks where they go on. */
function inBlock(text: Draft): Draft {
  return { indent: '      ', text };
}

function directive(): Draft {
  return ["modsecurity_rules '\n", { here: 'pack' }, "\n';\n"];
}

/** What a snippet cannot do, since the controller reads it apart from modsecurity.conf and crs-setup.conf. */
function snippetObstacle(exclusion: Exclusion): string | undefined {
  switch (exclusion.effect) {
    case 'change-setting':
      return 'a snippet is read before crs-setup.conf, which may set it again';
    case 'raise-limit':
      return 'a limit is set where the controller reads modsecurity.conf, and not in a snippet';
    case 'read-body-as':
      return exclusion.reading === 'form' && exclusion.insteadOf !== undefined
        ? `a snippet cannot take the place of rule ${exclusion.insteadOf}, which chooses another processor`
        : undefined;
    case 'remove-target':
    case 'remove-rule':
    case 'leave-body-unread':
      return undefined;
  }
}

/** Comments stand outside of the scalar, where they take no room. */
function explanations(exclusions: readonly Exclusion[], notes: RuleNotes): Draft {
  const wide = inOrder(exclusions.filter((one) => !isScoped(one)));
  return [
    ...byEndpoint(exclusions.filter(isScoped)).map(({ scope, group }) => explainEndpoint(scope, group, notes, engines)),
    whenAny(wide, linesOf([comment('Every path of the Ingress')])),
    ...wide.map((one) => whenAny([one], linesOf(explain(one, notes, engines)))),
  ];
}

function isScoped(exclusion: Exclusion): boolean {
  return isRuntime(exclusion, engines);
}
