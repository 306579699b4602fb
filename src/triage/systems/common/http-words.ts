import { header, heading, markup, message, request, status, title } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Any server (RFC 9110): what words in an answer mean. */
export const httpWords: readonly RefusalPattern[] = [
  {
    id: 'login',
    by: 'common',
    all: [
      status(301, 302, 303, 307),
      header(
        'location',
        /(?:\/|[?&=])(?:login|log-in|signin|sign-in|sign_in|sso|oauth2?\/authorize|auth\/login|saml2?\/login|accounts\/login|users\/sign_in|wp-login\.php)\b/i,
      ),
    ],
    cause: 'authentication-required',
    layer: 'application',
    grade: 'likely',
    says: 'a redirect to a login page',
  },
  {
    id: 'blocked-redirect',
    by: 'common',
    all: [
      status(301, 302, 303, 307),
      header(
        'location',
        /(?:\/|[?&=])(?:blocked|forbidden|denied|access-?denied|waf|captcha|challenge)[\w.-]{0,20}(?:[/?#]|$)/i,
      ),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'a redirect to a page whose name speaks of a refusal',
    or: ['waf/waf-rule', 'edge/challenge', 'application/not-authorized'],
  },
  {
    id: 'https-redirect',
    by: 'common',
    all: [status(301, 302, 307, 308), header('location', /^https:/), request('url-redirected', /^http:/)],
    cause: 'tls-required',
    layer: 'server',
    grade: 'likely',
    says: 'a redirect to https: a POST becomes a GET on the way, unless the status is 307 or 308',
  },
  {
    id: '403-maintenance',
    by: 'common',
    all: [status(403, 503), title(/\bmaintenance\b/i)],
    cause: 'maintenance',
    layer: 'application',
    grade: 'likely',
    says: 'a page that speaks of maintenance',
  },
  {
    id: '403-members',
    by: 'common',
    all: [
      status(403),
      title(
        /\b(?:members only|not (?:authori[sz]ed|allowed)|access denied|permission|restricted|forbidden|zugriff verweigert|acc[eè]s (?:refus|interdit))/i,
      ),
      heading(/./),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: "a page that is no server's and no edge's stock page: an application wrote it, or the owner of a WAF",
    or: ['application/not-authorized', 'waf/waf-rule', 'edge/waf-rule'],
  },
  {
    id: '403-plain',
    by: 'common',
    all: [status(403), header('content-type', /^text\/plain/)],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'a 403 in plain text, which many write: an application, a proxy, a rule with a text of its own',
    or: ['application/not-authorized', 'server/path-denied', 'application/csrf', 'gateway/ip-denied', 'waf/waf-rule'],
  },
  {
    id: '403-text-app',
    by: 'common',
    all: [status(403), header('content-type', /^text\/plain/), header('via', /varnish|squid/i)],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'a 403 in plain text that came through a cache: what stands behind it wrote it',
    or: ['application/not-authorized', 'server/path-denied', 'application/csrf'],
  },
  {
    id: 'block-words',
    by: 'common',
    all: [
      status(403, 405, 406, 409, 501, 503),
      title(
        /\b(?:request|access|page|url|content|connection) (?:\w{1,8} )?(?:has been |was |is )?(?:blocked|rejected|intercepted)\b|\byou have been blocked\b|\battack (?:blocked|detected)\b|\bweb application firewall\b|\bWAF\b|拦截|防火墙|云防护|攻击/i,
      ),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'the title speaks of a block, as pages of WAFs do, and names nobody',
    or: ['waf/waf-rule', 'edge/waf-rule', 'application/content-denied', 'egress-proxy/path-denied'],
    next: 'the id on the page, if there is one, and who of the WAF, the edge and your own network knows it',
  },
  {
    id: 'block-words-heading',
    by: 'common',
    all: [
      status(403, 405, 406, 409, 501, 503),
      heading(
        /\b(?:request|access|page|url|content|connection) (?:\w{1,8} )?(?:has been |was |is )?(?:blocked|rejected|intercepted)\b|\byou have been blocked\b|\battack (?:blocked|detected)\b|\bweb application firewall\b|拦截|防火墙|云防护|攻击/i,
      ),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'a headline speaks of a block, as pages of WAFs do, and names nobody',
    or: ['waf/waf-rule', 'edge/waf-rule', 'application/content-denied', 'egress-proxy/path-denied'],
    next: 'the id on the page, if there is one, and who of the WAF, the edge and your own network knows it',
  },
  {
    id: '200-block-words',
    by: 'common',
    all: [
      status(200),
      title(
        /^(?:(?:the |your |this )?(?:request|access|page|url|content|website) (?:has been |was |is )?(?:blocked|rejected|denied|forbidden)|access denied|request rejected|web ?page blocked|site blocked|forbidden|you have been blocked)\b.{0,60}$/i,
      ),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'the title speaks of a refusal, whatever the status says',
    or: ['waf/waf-rule', 'egress-proxy/path-denied', 'edge/waf-rule', 'application/not-authorized'],
    next: 'the same URL with nothing in its query and body: where the page stays, it is the path or the address, and no rule on contents',
  },
  {
    id: '400-block-text',
    by: 'common',
    instead: ['400', '404'],
    all: [
      status(400, 404),
      header('content-type', /html/),
      markup(
        /\b(?:your|this|the) (?:request|access) (?:has been |was |is )?blocked\b|\bblocked (?:your|this) (?:request|access)\b|\bwe have blocked access\b/i,
      ),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: 'the page speaks of a block, as pages of WAFs do, and names nobody',
    or: ['waf/waf-rule', 'edge/waf-rule', 'application/content-denied'],
    next: 'the same request with nothing in its query and body',
  },
  {
    id: 'challenge-title',
    by: 'common',
    all: [
      status(202, 403, 405, 429, 503),
      title(
        /^(?:just a moment|one moment|please wait|attention required|checking (?:if|your)|verif(?:y|ying)|human verification|security (?:check|verification)|are you (?:a )?(?:human|robot)|captcha|bot (?:check|verification|protection)|ddos protection|access verification|robot check|pardon our interruption|人机验证|安全验证|请稍候)/i,
      ),
    ],
    cause: 'challenge',
    layer: 'unknown',
    grade: 'possible',
    says: 'the title asks the client to wait or to prove that it is a browser',
    or: ['edge/challenge', 'waf/challenge', 'server/challenge'],
  },
  {
    id: 'challenge-title-200',
    by: 'common',
    all: [
      status(200),
      title(
        /^(?:just a moment\.\.\.|one moment, please|checking your browser|human verification|verif(?:y|ying) you are human|security check|ddos protection)/i,
      ),
    ],
    cause: 'challenge',
    layer: 'unknown',
    grade: 'possible',
    says: 'the title asks the client to prove that it is a browser, whatever the status says',
    or: ['edge/challenge', 'waf/challenge', 'application/not-refused'],
  },
  {
    id: 'filter-words',
    by: 'common',
    all: [
      status(200, 403, 502, 503),
      message(
        /\b(?:company|corporate|organi[sz]ation'?s?|internet|acceptable|web) (?:internet )?(?:usage |use |access |security |filtering )?polic(?:y|ies)\b|\bweb ?(?:site )?filter(?:ing)?\b|\b(?:URL|site|web(?:site)?) (?:category|categor(?:y|ies)|categori[sz]ed)\b|\bblocked by your (?:network|organi[sz]ation|administrator)\b|\bcontact your (?:network|IT|system) (?:administrator|department|support)\b/i,
      ),
    ],
    cause: 'unknown',
    layer: 'unknown',
    grade: 'possible',
    says: "the page speaks of a policy or category, as filters of the client's own network do",
    instead: ['block-words', 'block-words-heading', '200-block-words', '403-members', '403-plain'],
    or: ['egress-proxy/path-denied', 'waf/waf-rule', 'edge/waf-rule'],
    next: 'the same request from a machine outside of this network',
  },
];
