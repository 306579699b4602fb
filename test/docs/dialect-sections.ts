import type { EngineName } from '../../src/waf/modsecurity/dialects/rule-dialect.js';

/** What the page says of a dialect in prose. */
interface DialectSection {
  readonly name: string;
  /** What reads its files. */
  readonly reader: string;
  /** For which the example is written. */
  readonly engines: readonly EngineName[];
  readonly text: string;
}

export const dialectSections: readonly DialectSection[] = [
  {
    name: 'modsecurity',
    reader: 'rule files around the Core Rule Set: Apache, nginx, Coraza',
    engines: ['modsecurity3'],
    text: `The Core Rule Set has places for both files: copy them into its folder \`rules/\`, where they are read in the order of their names.
Debian includes them from \`/etc/modsecurity/crs/\`. The first file has one rule for each endpoint, which acts on the rules that
come after it; the second changes rules that have been read. On Apache both must stand in the same server context as the rules:
in a \`<VirtualHost>\` the second does nothing, or stops the server.

\`\`\`apache
Include /etc/modsecurity/crs/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf
Include /usr/share/modsecurity-crs/rules/*.conf
Include /etc/modsecurity/crs/RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf
\`\`\`

mod_security2 names neither the elements of an array nor their number, so that one exclusion is for all of them. It compares
names in rules for endpoints without regard to case; Coraza does so everywhere, and libmodsecurity 3 nowhere. Since HTTP/2 has
header names in lower case, a header is written for libmodsecurity 3 in both spellings.`,
  },
  {
    name: 'crs-plugin',
    reader: 'a plugin of the Core Rule Set',
    engines: ['modsecurity3'],
    text: `The same rules as a plugin: copy the files to the folder \`plugins/\` of the Core Rule Set, which version 4 reads by itself. Version 3
needs three lines around its rules:

\`\`\`apache
Include /etc/modsecurity/crs/plugins/*-config.conf
Include /etc/modsecurity/crs/plugins/*-before.conf
Include /usr/share/modsecurity-crs/rules/*.conf
Include /etc/modsecurity/crs/plugins/*-after.conf
\`\`\`

\`setvar:tx.wafproof-plugin_enabled=0\` in \`crs-setup.conf\` turns the exclusions for single endpoints off.`,
  },
  {
    name: 'apache-location',
    reader: 'Apache with mod_security2, sections by path',
    engines: ['modsecurity2'],
    text: `For teams that may change the configuration of a site and not its rules: include the file in the server or virtual host. A section
can only remove whole rules, and none of phase 1, since Apache does not know the section of a request when those run. The method
is a condition by \`<If>\`; \`<Limit>\` is ignored by mod_security2. A path is compared decoded, except for encoded slashes; what Apache
takes for another path (\`//\`, \`/../\`) has no section.

\`\`\`apache
Include /etc/apache2/wafproof-locations.conf
\`\`\``,
  },
  {
    name: 'nginx-location',
    reader: 'nginx with libmodsecurity 3, locations by path',
    engines: ['modsecurity3'],
    text: `For names that rules for endpoints cannot spell: in a location, changes to rules are for its path alone, whatever the name. What is
for a method is a rule in the location. Include the file in the \`server\` block:

\`\`\`nginx
include wafproof-locations.conf;
\`\`\`

A location inherits no \`proxy_pass\`. Each of these therefore includes \`wafproof-upstream.conf\` from the folder of \`nginx.conf\`, which
you write once with what your own location has; while it is missing, nginx does not start:

\`\`\`nginx
proxy_pass http://application;
proxy_set_header Host $http_host;
\`\`\`

nginx takes 4096 bytes of rules at once, so that a location may have several directives. An exact location comes before patterns,
and therefore has the exclusions of each template that its path matches too.`,
  },
  {
    name: 'ingress-nginx',
    reader: 'Kubernetes with ingress-nginx',
    engines: ['modsecurity3'],
    text: `Annotations for one Ingress:

\`\`\`sh
kubectl patch ingress shop --patch-file ingress-patch.yaml
\`\`\`

The controller needs \`allow-snippet-annotations: "true"\` and \`annotations-risk-level: Critical\`. It puts the snippet into every location
of the Ingress before the rules, which libmodsecurity 3 does not mind. A patch replaces annotations of the same name: join them
if the Ingress has any. What does not fit into the 4096 bytes that nginx takes at once stands in \`configuration-snippet\`.
The mode of the engine stays as it is.`,
  },
  {
    name: 'coraza',
    reader: 'Caddy with Coraza (coraza-caddy)',
    engines: ['coraza'],
    text: `The whole configuration of Coraza as a snippet: exclusions for endpoints before the rules, and those for every request after them,
since Coraza stops where a rule that is to be changed has not been read. Import it, and use it in each site:

\`\`\`text
{
	order coraza_waf first
}
import /etc/caddy/wafproof/Caddyfile
shop.example.com {
	import wafproof
	reverse_proxy localhost:9000
}
\`\`\`

Names that are not plain are patterns, which Coraza knows in rules for endpoints since version 3.5; before, they do nothing there.
Coraza does not tell of which field a file is, so that a file name is excluded with its rule only. Where Coraza runs without
Caddy, or beside settings of your own, \`--dialect modsecurity --engines coraza\` writes the same as a pair of files.`,
  },
];
