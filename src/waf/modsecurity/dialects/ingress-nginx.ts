import type { Exclusion } from '../../../model/exclusion.js';
import { comment } from './comment.js';
import { byEndpoint, explainEndpoint } from './endpoint-rules.js';
import { explain, fileText, head, inOrder } from './explain.js';
import { isRuntime, ruleFileObstacle } from './modsecurity-dialect.js';
import { directivesOf, pieceKeys, piecesOf } from './nginx-rules.js';
import type { EngineName, RuleDialect, RuleNotes } from './rule-dialect.js';
import { assignRuleIds } from './rule-id-range.js';

const engines: readonly EngineName[] = ['modsecurity3'];
const prefix = 'nginx.ingress.kubernetes.io';

const what = [
  'Exclusions for an Ingress of ingress-nginx: kubectl patch ingress NAME --patch-file ingress-patch.yaml',
  'They act on every path of this Ingress. The controller needs allow-snippet-annotations and annotations-risk-level: Critical.',
  'Annotations that the Ingress has already under these names are replaced: join them by hand.',
];

const secondAnnotation =
  'nginx takes 4096 bytes of rules at once, so that what is more stands in configuration-snippet.';

/** Annotations for an Ingress. The controller reads their rules before all others, which libmodsecurity 3 does not mind. */
export function ingressNginxDialect(): RuleDialect {
  return {
    name: 'ingress-nginx',
    obstacle: (exclusion) => snippetObstacle(exclusion) ?? ruleFileObstacle(exclusion, engines),
    write: (exclusions, notes) => {
      const pieces = piecesOf('', exclusions, isScoped);
      const [snippet, ...more] = directivesOf(pieces, assignRuleIds(pieceKeys(pieces), notes.firstId));
      const lines = [
        ...head(more.length === 0 ? what : [...what, secondAnnotation], exclusions, notes),
        ...explanations(exclusions, notes),
        'metadata:',
        '  annotations:',
        `    ${prefix}/enable-modsecurity: "true"`,
        `    ${prefix}/enable-owasp-core-rules: "true"`,
        ...(snippet === undefined ? [] : block('modsecurity-snippet', snippet)),
        ...(more.length === 0 ? [] : block('configuration-snippet', more.flatMap(directive))),
      ];
      return { files: [{ name: 'ingress-patch.yaml', content: fileText(lines) }], sections: [] };
    },
  };
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
function explanations(exclusions: readonly Exclusion[], notes: RuleNotes): readonly string[] {
  const wide = inOrder(exclusions.filter((one) => !isScoped(one)));
  return [
    ...byEndpoint(exclusions.filter(isScoped)).flatMap(({ scope, group }) =>
      explainEndpoint(scope, group, notes, engines),
    ),
    ...(wide.length === 0
      ? []
      : [comment('Every path of the Ingress'), ...wide.flatMap((one) => explain(one, notes, engines))]),
  ];
}

function isScoped(exclusion: Exclusion): boolean {
  return isRuntime(exclusion, engines);
}

/** A literal block scalar: rules are lines of ASCII that begin with a letter, or with blanks where they go on. */
function block(name: string, lines: readonly string[]): readonly string[] {
  return [`    ${prefix}/${name}: |`, ...lines.map((line) => `      ${line}`)];
}

function directive(lines: readonly string[]): readonly string[] {
  return ["modsecurity_rules '", ...lines, "';"];
}
