import { markup, title } from '../../sign.js';
import type { System } from '../../system.js';

export const impervaSecuresphereSystem: System = {
  id: 'imperva-securesphere',
  name: 'Imperva SecureSphere',
  layer: 'waf',
  source: 'wafw00f, plugins/securesphere.py',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [title('Error'), markup('The incident ID is'), markup("This page can't be displayed")],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the page of Imperva's appliance",
    },
  ],
  fixes: {
    'waf-rule':
      'MX > Monitor > Alerts: the incident id names policy and signature; `Add as Exception` for this URL and parameter; then send the request again',
  },
  references: [{ page: /incident ID is[: ]{1,3}([\w-]{4,60})/i, as: 'incident' }],
};
