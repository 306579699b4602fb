import { type CodeRow, patternsOf } from '../../code-rows.js';
import { body, header, json, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

const wordpressCodes: readonly CodeRow[] = [
  ['rest_cookie_invalid_nonce', 'csrf', 'the nonce is missing or stale', { seen: ['wordpress/rest-nonce-en'] }],
  ['rest_forbidden', 'not-authorized', 'the user may not do this (401: nobody is logged in)'],
  ['rest_not_logged_in', 'authentication-required', 'nobody is logged in'],
  ['rest_no_route', 'not-found', 'there is no such route'],
  ['rest_cannot_create', 'not-authorized', 'the user may not create this'],
  ['rest_cannot_edit', 'not-authorized', 'the user may not edit this'],
  ['rest_cannot_view', 'not-authorized', 'the user may not see this'],
  ['rest_cannot_delete', 'not-authorized', 'the user may not delete this'],
  ['rest_user_cannot_view', 'not-authorized', 'the user may not see this'],
  ['rest_disabled', 'path-denied', 'a plugin has switched the REST API off'],
  ['rest_login_required', 'authentication-required', 'a plugin lets only users in'],
  ['jwt_auth_invalid_token', 'authentication-required', 'the token is not valid, or has expired'],
  ['jwt_auth_no_auth_header', 'authentication-required', 'the server takes the Authorization header away'],
  ['woocommerce_rest_cannot_view', 'api-key', 'the key may not read this'],
  ['woocommerce_rest_authentication_error', 'api-key', 'the key is not known'],
  ['rest_upload_limited_space', 'quota', 'there is no room left'],
];

export const wordpressSystem: System = {
  id: 'wordpress',
  name: 'WordPress',
  layer: 'application',
  source: 'WordPress 6.1.9, source',
  rides: [header('link', /wp-json/), header('x-redirect-by', 'WordPress')],
  refusals: [
    ...patternsOf(wordpressCodes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403, 404), json('code', code)],
      grade: 'proved',
      source: 'WordPress 6.1.9, source',
    })),
    {
      id: 'ajax-nonce',
      by: 'code',
      all: [status(403), body('-1')],
      cause: 'csrf',
      grade: 'proved',
      says: 'check_ajax_referer found no valid nonce',
    },
    {
      id: 'ajax-action',
      by: 'code',
      all: [status(400), body('0')],
      cause: 'not-found',
      grade: 'likely',
      says: 'admin-ajax has no such action for this user',
      or: ['application/authentication-required'],
    },
    {
      id: 'expired',
      by: 'page',
      all: [status(403), title(/WordPress|Something went wrong/), markup('The link you followed has expired.')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the nonce of the link or form is stale',
    },
    {
      id: 'denied',
      by: 'page',
      all: [status(403), markup('Sorry, you are not allowed to access this page.'), title(/WordPress/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user may not see this page',
    },
    {
      id: 'denied-do',
      by: 'page',
      all: [status(403), markup(/Sorry, you are not allowed to (?!access this page)/), title(/WordPress/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'the user may not do this',
    },
    {
      id: 'comment',
      by: 'page',
      all: [status(403, 409, 429), title('Comment Submission Failure')],
      cause: 'business-rule',
      grade: 'proved',
      says: 'WordPress does not take this comment: closed, too fast, twice, or no login',
    },
    {
      id: 'maintenance',
      by: 'page',
      all: [status(503), title('Maintenance'), markup('Briefly unavailable for scheduled maintenance.')],
      cause: 'maintenance',
      grade: 'proved',
      says: 'an update is running, or has left .maintenance behind',
    },
    {
      id: 'error-php',
      by: 'page',
      all: [status(500), title(/WordPress/), markup('There has been a critical error on this website.')],
      cause: 'internal-error',
      grade: 'proved',
      says: 'a plugin or theme failed',
    },
    {
      id: 'xmlrpc',
      by: 'code',
      all: [status(405), body(/^XML-RPC server accepts POST requests only\.$/)],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'xmlrpc.php takes POST only',
    },
    {
      id: 'die-403',
      by: 'stock',
      all: [status(403), markup('<body id="error-page">'), markup('class="wp-die-message"')],
      cause: 'unknown',
      grade: 'proved',
      says: 'the page of wp_die, in whatever language: WordPress or a plugin refuses it',
      or: ['application/csrf', 'application/not-authorized', 'waf/waf-rule'],
      next: 'the sentence on the page: a link that has expired is the nonce, `not allowed` is the role of the user',
    },
    {
      id: 'die-503',
      by: 'stock',
      all: [status(503), markup('<body id="error-page">'), markup('class="wp-die-message"')],
      cause: 'maintenance',
      grade: 'likely',
      says: 'the page of wp_die: an update is running, or a plugin has closed the site',
      or: ['waf/ip-denied', 'waf/rate-limited'],
    },
  ],
  fixes: {
    'not-authorized':
      '`wp user list-caps USER` shows what the user may do: give it the role with the capability (`wp user set-role`), log in again for a fresh nonce, and send the request again',
    'authentication-required':
      'send an application password (`wp user application-password create USER tests --porcelain`) as Basic credentials, or the login cookie with X-WP-Nonce',
    'not-found':
      'GET /wp-json/ lists the routes; `wp rewrite flush` mends pretty ones; an admin-ajax action needs a hook wp_ajax_ (or wp_ajax_nopriv_) of that name',
    'path-denied':
      'a plugin switches the REST API off (`wp plugin list`; a filter on rest_authentication_errors): except this route in its settings, and request it again',
    'api-key':
      'WooCommerce > Settings > Advanced > REST API: make a key with Read/Write for a user with rights, and send it as Basic credentials over https',
    quota:
      'network admin > Sites > Settings: raise Site Upload Space Quota (blog_upload_space), and send the upload again',
    'business-rule':
      'settings > Discussion (closed comments, `comment_flood_filter`) refuses the comment: send another text after 15 seconds, or as a user',
    maintenance:
      '`wp maintenance-mode deactivate`, or remove .maintenance that an update left in the root; then request it again',
    'internal-error':
      'WP_DEBUG_LOG in wp-config.php writes wp-content/debug.log; `wp plugin list --status=active` shows who may be meant; mend it, and send the request again',
    'method-not-supported': 'xmlrpc.php and wp-comments-post.php take POST: send that, with the body that they read',
    csrf: 'give the suite a session: log in, fetch the nonce of the page (wpApiSettings.nonce, _wpnonce), and send it as X-WP-Nonce or field; nonces live 12 to 24 hours, so that a cached page may hold a stale one',
  },
};
