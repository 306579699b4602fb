import { formatVariable } from '../../model/evidence.js';
import type { StreamedReport } from '../../model/report.js';
import { exclusionText, scopeText } from '../exclusion-texts.js';
import { formatCount, plural } from '../run-texts.js';
import { countOver, shownText } from './page-text.js';
import { type PriceView, viewPrice } from './price-view.js';

const maxRows = 200;
const maxClasses = 5;
const maxRules = 12;

/** What was not excluded, to let fewer attacks through. */
export interface SparedView {
  readonly left: LeftView;
  readonly refused: RefusedView;
}

/** Hits that stay, because the requests pass all the same. */
export interface LeftView {
  readonly any: boolean;
  readonly title: string;
  readonly rows: readonly {
    readonly rule: string;
    readonly variable: string;
    readonly scope: string;
    readonly spares: string;
  }[];
  readonly more: string;
}

/** Exclusions that cost more than the user allows. */
export interface RefusedView {
  readonly any: boolean;
  readonly title: string;
  readonly rows: readonly {
    readonly text: string;
    readonly rules: string;
    readonly reason: string;
    readonly price: PriceView;
  }[];
  readonly more: string;
}

/** Prepares what was spared for the templates. */
export function viewSpared({ verification }: StreamedReport): SparedView {
  const { leftInForce = [], refused = [] } = verification ?? {};
  return {
    left: {
      any: leftInForce.length > 0,
      title: `${plural(leftInForce.length, 'hit')} left in force`,
      rows: leftInForce
        .toSorted((a, b) => b.spares - a.spares)
        .slice(0, maxRows)
        .map(({ ruleId, variable, scope, spares }) => ({
          rule: shownText(`${ruleId}`),
          variable: shownText(formatVariable(variable)),
          scope: shownText(scopeText(scope)),
          spares: formatCount(spares),
        })),
      more: countOver(leftInForce.length, maxRows),
    },
    refused: {
      any: refused.length > 0,
      title: `${plural(refused.length, 'exclusion')} refused`,
      rows: refused.slice(0, maxRows).map(({ exclusion, reason }) => ({
        text: shownText(exclusionText(exclusion)),
        rules: shownText(
          `${exclusion.ruleIds.slice(0, maxRules).join(', ')}${exclusion.ruleIds.length > maxRules ? ', …' : ''}`,
        ),
        reason: shownText(reason),
        price: viewPrice(exclusion, maxClasses),
      })),
      more: countOver(refused.length, maxRows),
    },
  };
}
