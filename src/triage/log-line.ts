/** Who wrote a line of a log, by its form. */
export type LogKind =
  /** An access log in the common or combined format, of whatever server. */
  | 'access'
  | 'apache-error'
  | 'nginx-error'
  | 'lighttpd-error'
  | 'haproxy'
  | 'caddy'
  | 'traefik'
  | 'envoy'
  | 'squid'
  | 'tinyproxy'
  | 'varnish'
  | 'iis'
  | 'http.sys'
  | 'php-fpm'
  | 'php-fpm-access'
  /** What runs scripts as their owners: Apache's suexec, and suPHP. */
  | 'suexec'
  | 'tomcat'
  | 'django'
  | 'rails'
  | 'node'
  | 'spring'
  | 'play'
  | 'phoenix'
  | 'aspnetcore'
  | 'uwsgi'
  | 'vite'
  | 'selinux'
  | 'apparmor'
  | 'packet-filter'
  | 'fail2ban'
  | 'crowdsec'
  | 'aws-alb'
  | 'aws-s3'
  | 'aws-waf-sample'
  | 'cloudfront'
  | 'cloudflare'
  | 'cloud-armor'
  | 'azure-waf'
  | 'heroku'
  | 'naxsi'
  /** A message of a WAF outside of its entry, as people cut them out. */
  | 'waf-message';

/**
 * A line of a log, taken apart. What a client sends stands in fields of its own (`request`, `agent`, `referer`), so that no
 * text of an attacker is read as a `message`.
 */
export interface LogLine {
  readonly kind: LogKind;
  /** The line as it is in the log. */
  readonly text: string;
  /** The parts of the line that this kind has: `message`, `status`, `client`, `agent`, … */
  readonly fields: Readonly<Record<string, string>>;
}
