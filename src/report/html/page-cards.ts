import type { StreamedReport } from '../../model/report.js';
import type { PageTemplates } from './page-templates.js';
import type { PageView } from './page-view.js';
import type { PageCards } from './report-data.js';

/** Renders the parts of a page that are put into it as they come into view. */
export function renderCards(report: StreamedReport, view: PageView, templates: PageTemplates): PageCards {
  const places = new Map(report.findings.map(({ id }, place) => [id, place]));
  return {
    findings: view.findings.groups.map((group) => ({
      html: compact(templates.finding(group)),
      rule: group.ruleId,
      variable: group.variable,
      endpoints: group.allEndpoints,
      findings: group.findingIds.flatMap((id) => places.get(id) ?? []),
    })),
    exclusions: view.exclusions.groups.map((group) => ({
      html: compact(templates.exclusionGroup(group)),
      anchors: [group.anchor, ...group.exclusions.map(({ anchor }) => anchor)],
    })),
  };
}

/** Without the line feeds between elements of the templates: each would be a node of the page. */
function compact(html: string): string {
  return html.replace(/>\n+</g, '><').trim();
}
