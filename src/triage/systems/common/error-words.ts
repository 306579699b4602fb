import type { Cause } from '../../../model/triage.js';
import type { LayerAndCause } from '../../system.js';

/** What words of an error message mean, whoever writes it. */
export interface ErrorWords {
  readonly cause: Cause;
  /** What the message speaks of. */
  readonly of: string;
  readonly words: RegExp;
  /** Where plain text is to say more than that, for it to mean this. */
  readonly inText?: RegExp;
  readonly statuses: readonly [number, ...number[]];
  readonly or?: readonly LayerAndCause[];
}

/** The surest first: what one of them says stands before what those behind it say. */
export const errorWords: readonly ErrorWords[] = [
  {
    cause: 'csrf',
    of: 'a form token',
    words:
      /\b(?:[cx]srf|anti-?forgery|authenticity[ _-]token|form[ _-]?key|nonce (?:is |has )?(?:invalid|expired|verification)|request[ _-]?verification[ _-]?token)|\b_?xsrf|cross[- ](?:site|origin) (?:request|POST)|security (?:token|validation)|CSRFTOKEN|\bsesskey\b/i,
    statuses: [400, 401, 403, 404, 409, 412, 419, 422, 498, 500],
  },
  {
    cause: 'cors',
    of: 'the origin of a page',
    words:
      /\bCORS\b|(?:\borigins?\b|Origin header).{0,60}\b(?:not (?:allowed|permitted|trusted|match)|disallowed|forbidden|denied|invalid|unauthorized)|\b(?:disallowed|invalid|untrusted|forbidden) (?:CORS )?origin\b/i,
    statuses: [400, 401, 403, 500],
  },
  {
    cause: 'host-not-allowed',
    of: 'the host name',
    words:
      /\b(?:invalid|unknown|untrusted|disallowed|blocked) (?:http_?)?host(?:name|s)?\b(?: header)?|\bhost(?:name)? (?:is |was )?(?:not (?:allowed|permitted|trusted|recogni[sz]ed)|invalid)|\b(?:untrusted|trusted) domain\b/i,
    statuses: [400, 403, 404, 421],
  },
  {
    cause: 'tls-required',
    of: 'TLS',
    words: /\b(?:HTTPS|SSL|TLS) (?:is )?(?:required|only)\b|\b(?:requires?|use|over|only) (?:HTTPS|SSL|TLS)\b/i,
    statuses: [400, 403, 426],
  },
  {
    cause: 'quota',
    of: 'a quota',
    words:
      /\bquota\b|\b(?:usage|monthly|daily|plan|storage) (?:limit|allowance)s?\b|\b(?:insufficient|out of) (?:credits?|funds|balance|storage)\b|\bcredit(?:s)? (?:exhausted|depleted)\b|\bdisk (?:is )?full\b/i,
    statuses: [400, 402, 403, 413, 429, 507],
  },
  {
    cause: 'rate-limited',
    of: 'too many requests',
    words:
      /\brate[ _-]?limit(?:ed|ing)?\b|\btoo many (?:requests|attempts|failed|login|calls|connections)\b|\bthrottl(?:ed|ing)\b|\b(?:request|calls?) (?:limit|frequency)\b|\bslow down\b|\btry again (?:in|after) \d|\bretry (?:later|after|in)\b|\blimit (?:exceeded|reached)\b|请求(?:过于|太)频繁|访问频(?:率|繁)|zu viele (?:Anfragen|Versuche)|trop de (?:requêtes|tentatives)|demasiad[oa]s (?:solicitudes|intentos|peticiones)/i,
    statuses: [400, 401, 403, 429, 503],
  },
  {
    cause: 'body-too-large',
    of: 'the size of what was sent',
    words:
      /\b(?:payload|entity|body|request|file|upload|content|image|message|field) (?:size )?(?:is |was )?(?:too (?:large|big|long)|exceeds?|exceeded)\b|\btoo (?:large|big) (?:a )?(?:payload|entity|body|request|file|upload)\b|\b(?:maximum|max|allowed) (?:allowed )?(?:request |body |file |upload |payload |content )?(?:size|length)\b|\bexceed(?:s|ed)? (?:the )?(?:maximum|max|limit|allowed|size)\b/i,
    statuses: [400, 403, 411, 413, 422, 500],
  },
  {
    cause: 'content-type-denied',
    of: 'the type of what was sent',
    words:
      /\b(?:unsupported|invalid|unexpected|unacceptable|disallowed) (?:media|content|mime)[- ]?type\b|\bcontent[- ]type\b.{0,60}\b(?:not (?:supported|allowed|acceptable|accepted)|must be|unsupported|invalid|required)|\bmust be application\/json\b/i,
    statuses: [400, 403, 406, 415, 422],
  },
  {
    cause: 'client-certificate',
    of: 'a client certificate',
    words: /\b(?:client|SSL|TLS|mTLS) certificate\b/i,
    statuses: [400, 401, 403, 495, 496],
  },
  {
    cause: 'signed-url',
    of: 'a signature',
    words:
      /\b(?:invalid|wrong|missing|bad|expired|incorrect) (?:url |request |hmac |webhook |sas )?signature\b|\bsignature\b.{0,60}\b(?:mismatch|invalid|expired|missing|not (?:match|valid)|does not match|verification|required|failed)|\b(?:link|url) (?:has |is )?expired\b|\bHMAC\b/i,
    statuses: [400, 401, 403, 410],
  },
  {
    cause: 'api-key',
    of: 'an API key',
    words:
      /\b(?:api|subscription|access|app|developer|license|client)[ _-]?keys?\b|\b(?:missing|invalid|unknown|no) (?:key|client[ _-]?id|app[ _-]?id)\b|x-api-key|\bappkey\b/i,
    statuses: [400, 401, 403],
  },
  {
    cause: 'token-expired',
    of: 'a token or session that has expired',
    words:
      /\b(?:token|jwt|session|credentials?|login|cookie|ticket|bearer|authori[sz]ation|assertion)\b.{0,40}\b(?:expired|has timed out|timed out|no longer (?:valid|active))|\bexpired (?:\w{1,12} )?(?:token|jwt|session|credentials?|login)\b|TokenExpired|token_expired|jwt expired|\bEXP_TOKEN|session_expired|登录(?:已)?(?:过期|失效)|会话(?:已)?过期|(?:Sitzung|Token).{0,30}abgelaufen|session (?:a |est )?expir/i,
    statuses: [400, 401, 403, 419, 440, 498],
    or: ['application/authentication-required'],
  },
  {
    cause: 'authentication-required',
    of: 'credentials',
    words:
      /\b(?:un-?authenticated|not (?:authenticated|logged[ -]in|signed[ -]in)|authentication (?:is )?(?:required|failed|error|needed|credentials)|(?:log|sign)(?:ged)?[ -]?in (?:is )?(?:required|first|to)|please (?:log|sign)[ -]?in|login required|bad credentials|(?:invalid|missing|wrong|incorrect|no|bad|malformed) (?:auth\w{0,12} )?(?:credentials?|(?:access |bearer |auth |id |refresh |api )?token|jwt|session|user ?name|password|login|authorization|bearer)|(?:token|authorization header|credentials|jwt)\b(?!.{0,80}\bscopes?\b).{0,40}\b(?:missing|required|not (?:found|provided|valid|present|set)|invalid|malformed|revoked)|could not validate credentials|authentication error)\b|^un-?authori[sz]ed\.?$|未登录|请(?:先)?登录|未授权|nicht (?:angemeldet|authentifiziert)|non authentifié|no autenticado/i,
    statuses: [400, 401, 403, 407],
    or: ['application/token-expired'],
  },
  {
    cause: 'geo-denied',
    of: 'the country',
    words:
      /\b(?:country|region|location|geo(?:graphic)?\w{0,12}|territory)\b.{0,60}\b(?:not (?:available|supported|allowed|permitted)|blocked|restricted|banned|denied|unavailable|unsupported)|\b(?:unavailable|not available|blocked|unsupported|restricted) (?:in|from|for|to) your (?:country|region|location|area|territory)\b|unsupported_country/i,
    statuses: [403, 451],
    or: ['edge/geo-denied'],
  },
  {
    cause: 'ip-denied',
    of: 'an address',
    words:
      /\b(?:your )?ip(?:v[46])?(?:[ -]?address)?\b.{0,60}\b(?:not (?:allowed|authori[sz]ed|permitted|white-?listed|in)|blocked|banned|denied|black-?listed|forbidden|restricted|disallowed|rejected)|\b(?:blocked|banned|forbidden|unauthori[sz]ed|disallowed|invalid|illegal) ip\b|\baccess denied (?:to|for|from) (?:the )?ip\b|\bnot (?:on|in) (?:the )?(?:ip )?(?:allow|white)-?list\b|\bIP (?:restriction|whitelist|allowlist)\b/i,
    statuses: [401, 403, 429],
    or: ['gateway/ip-denied', 'waf/ip-denied', 'server/ip-denied'],
  },
  {
    cause: 'user-agent-denied',
    of: 'the User-Agent',
    words: /\buser[- ]agent\b|\bbots? (?:are )?not allowed\b/i,
    statuses: [400, 403, 406, 429],
  },
  {
    cause: 'referer-denied',
    of: 'the Referer',
    words: /\brefer{1,2}er\b|\bhot-?link(?:ing)?\b/i,
    statuses: [403],
  },
  {
    cause: 'challenge',
    of: 'a proof that the client is a browser',
    words: /\b(?:re|h)?captcha\b|\bturnstile\b|\bverify (?:that )?you are (?:a )?human\b|验证码/i,
    statuses: [400, 401, 403, 422, 429],
  },
  {
    cause: 'maintenance',
    of: 'maintenance',
    words:
      /\b(?:under|in|scheduled|for|down for) maintenance\b|\bmaintenance (?:mode|window|in progress)\b|Wartung(?:sarbeiten|smodus)|en maintenance|mantenimiento|维护/i,
    statuses: [403, 423, 503],
  },
  {
    cause: 'subscription',
    of: 'a plan or subscription',
    words:
      /\bsubscri(?:ption|be)\b|\b(?:upgrade|current|paid|free|premium|enterprise) (?:your )?(?:plan|tier|account)\b|\b(?:plan|tier|licen[sc]e) (?:does not|doesn't|is not|required)\b|\bpayment required\b|\btrial (?:has )?(?:expired|ended)\b|\bupgrade to\b/i,
    statuses: [402, 403],
  },
  {
    cause: 'method-not-supported',
    of: 'the method',
    words: /\bmethod\b.{0,40}\bnot (?:allowed|supported|implemented|permitted)\b|\bunsupported (?:http )?method\b/i,
    statuses: [400, 403, 404, 405, 501],
  },
  {
    cause: 'not-authorized',
    of: 'a right that is missing',
    inText:
      /^.{0,200}\b(?:permissions?|privileges?|roles?|scopes?|owner|admin\w{0,11}|not (?:authori[sz]ed|entitled) to|your account)\b/i,
    words:
      /\b(?:permissions?|privileges?|roles?|scopes?|insufficient|forbidden resource|not (?:the )?(?:own(?:er)?|allowed|authori[sz]ed|permitted|entitled)|un-?authori[sz]ed|access (?:is )?(?:denied|restricted|forbidden)|(?:only|requires?) (?:an? )?(?:admin\w{0,11}|owners?|members?|moderators?)|admins? only|disallowed|cannot access|can't access|no access|access to (?:this|the) \w{1,30}|may not|you cannot|you can't|denied)\b|权限|无权|拒绝访问|禁止访问|(?:keine|fehlende|nicht).{0,20}Berechtig|Zugriff verweigert|accès (?:refusé|interdit)|permiso|acceso (?:denegado|prohibido)|доступ (?:запрещ|закрыт)|アクセス(?:が)?拒否|権限/i,
    statuses: [401, 403],
    or: ['application/csrf', 'application/ip-denied'],
  },
  {
    cause: 'malformed-request',
    of: 'what was sent',
    words:
      /\b(?:validation (?:failed|errors?)|invalid (?:request|json|body|input|parameters?|payload|data|format|value)|malformed|bad request|unexpected (?:token|end)|parse error|could not parse|(?:is|are|field) (?:required|missing|invalid)|must (?:be|not|have|contain)|required (?:field|parameter|property)|missing (?:required )?(?:field|parameter|property|value)|unprocessable|(?:can't|cannot|can not) be (?:blank|empty|null))\b|参数(?:错误|不)/i,
    statuses: [400, 422],
    or: ['application/business-rule', 'application/csrf'],
  },
];
