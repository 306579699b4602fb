import type { Cause } from '../model/triage.js';

/** What a cause is called, what to do about it whatever the system, and what would tell that it is the one. */
export interface CauseText {
  /** The end of a sentence that begins with who refused: `nginx refused it: …`. */
  readonly meaning: string;
  readonly fix: string;
  readonly next: string;
}

export const causeTexts: Readonly<Record<Cause, CauseText>> = {
  'waf-rule': {
    meaning: 'a rule of the WAF matched what was sent',
    fix: "find the rule in the WAF's log by the reference id or by time and path, exclude the one field at the one path for it, and send the same request again: it has to pass, and the attack corpus has to stay blocked",
    next: "look the request up in the WAF's log by its id, its time and its path",
  },
  'waf-body-parser': {
    meaning: 'the WAF could not read the body',
    fix: 'send a body that is whole and of the type that its Content-Type says; where it is, raise the limit of the parser that the log names, and send it again',
    next: "the WAF's log names the parser and what it stumbled over",
  },
  'waf-outbound': {
    meaning: "the WAF held back the application's answer; the application has done its work by then",
    fix: 'look at what the answer gives away (the rule names it: an error message, a directory listing, source code), mend that in the application, and check that the request was not carried out twice',
    next: "the application's own log shows whether it answered, and what",
  },
  challenge: {
    meaning: 'the client is to prove that it is a browser, which no program can',
    fix: 'let the address or a secret header of the test machine past the bot rules of that layer, for the staging host only; then the same request has to come through without the header of the challenge',
    next: 'the same URL in a real browser: if it passes there, it is the challenge',
  },
  'body-too-large': {
    meaning: 'the body, a field or the number of fields is over a limit',
    fix: 'raise the limit at the layer that refused, for this path only, to what legitimate requests need; then send the same body, and one over the new limit that has to be refused',
    next: 'the same request with a tiny body of the same type: if it passes, it is the limit',
  },
  'path-denied': {
    meaning: 'its configuration refuses this path',
    fix: 'find the rule that covers the path in its configuration and narrow it to what has to be hidden; then request the path again, and the hidden one, which has to stay refused',
    next: 'its error log at the time of the request, and a GET of a sibling path',
  },
  'ip-denied': {
    meaning: 'it refuses the address that the request comes from',
    fix: 'allow the address of this machine (as that layer sees it: behind a proxy it sees the proxy, unless it is told whom to trust) and send the request again from here',
    next: 'the same request from another address',
  },
  'geo-denied': {
    meaning: 'it refuses the country that the address is taken to be in',
    fix: 'send from an allowed country, or have the owner except the address of this machine from the country rule of the staging host',
    next: 'the same request from an address in an allowed country',
  },
  'method-denied': {
    meaning: 'its configuration does not allow this method here',
    fix: 'add the method to those that are allowed at this path, and at this path only; then send the request again',
    next: 'a GET of the same URL: if it passes and a harmless POST does not, it is the method',
  },
  'missing-index': {
    meaning: 'the path is a folder without an index page, and listings are off',
    fix: 'post to the script and not to its folder, or deploy the index file that is meant to be there; then request the folder again',
    next: 'the folder with the name of its index file: 404 there and 403 here says that it is missing',
  },
  'file-permission': {
    meaning: 'the server may not read the file, or may not enter one of the folders above it',
    fix: 'run `namei -l` on the path as the user of the server, give the folders 755 and the file 644 (or a group that the server is in), and request it again; never open it to everybody for writing',
    next: "the server's error log has (13: Permission denied) with the path",
  },
  'symlink-denied': {
    meaning: 'the path is a symbolic link that the server does not follow',
    fix: 'serve the real path, or let the server follow links where owner and target match, for this folder only; then request it again',
    next: 'the error log names the link',
  },
  'script-not-executable': {
    meaning: 'the script may not be run',
    fix: 'give the script mode 755, allow scripts in that folder only, and request it again',
    next: 'the error log says why it was not run',
  },
  'referer-denied': {
    meaning: 'it refuses requests that come from another site (Referer)',
    fix: 'add the site of the page to the allowed ones; then send the request with and without that Referer',
    next: 'the same request without a Referer, and with one of the site itself',
  },
  'user-agent-denied': {
    meaning: 'it refuses this kind of client by its User-Agent or by how it speaks TLS',
    fix: 'send the User-Agent that real clients have, or except the test machine from the rule; then send the request with both',
    next: "the same request with a browser's User-Agent",
  },
  'content-type-denied': {
    meaning: 'it does not take this Content-Type, or cannot give what Accept asks for',
    fix: 'send the type that the endpoint takes, or add the type to those that are allowed there; then send the request again',
    next: 'the same body with another Content-Type, and with Accept: */*',
  },
  'host-not-allowed': {
    meaning: 'it does not answer for this host name',
    fix: 'send the right Host (a proxy has to pass it on), or add the name to those that it answers for; then send the request again',
    next: 'the same request with the Host of the public site',
  },
  'authentication-required': {
    meaning: 'there are no credentials with it, or none that it knows',
    fix: 'give the suite a session or the header with credentials, from an environment variable; then the same request has to get another answer than 401',
    next: 'the same request with credentials that are known to be good',
  },
  'not-authorized': {
    meaning: 'who sends it is known, and may not do this',
    fix: 'send as a user with the role or scope that the endpoint asks for, or grant it to the test user; then send the request as both',
    next: 'the same request as a user with all rights',
  },
  'api-key': {
    meaning: 'the API key is missing, unknown or not meant for this API',
    fix: 'send a key that is valid for this API in the header that the gateway reads, and check that the key belongs to a plan or consumer with access; then send the request again',
    next: 'the same request with another key, and without one: the answers differ where keys are read',
  },
  'token-expired': {
    meaning: 'the token is no longer valid, or not yet',
    fix: 'fetch a fresh token before each run (a session with `expires`), and compare the clocks of client and server',
    next: 'the times `exp` and `nbf` in the token against the Date of the answer',
  },
  csrf: {
    meaning: 'the form token is missing or does not fit the session, or the request comes from another origin',
    fix: 'give the suite a session that fetches the form first and sends its cookie and token; behind TLS that ends at a proxy also tell the application the outer scheme and host',
    next: 'the form of the page first, then the same request with its cookie and token',
  },
  cors: {
    meaning: 'it refuses requests with this Origin',
    fix: 'add the origin of the page to the allowed ones, exactly as browsers send it; then send the request with it, and with another one, which has to stay refused',
    next: 'the same request without an Origin',
  },
  'rate-limited': {
    meaning: 'there were too many requests in a short time',
    fix: 'lower --rate and --connections, wait as long as Retry-After says, or raise the limit for the address of the test machine; then send the request by itself',
    next: 'the same request by itself after a minute',
  },
  quota: {
    meaning: 'the quota of this client or account is used up',
    fix: 'wait until the quota is filled again, or raise that of the test client; then send the request again',
    next: 'what the provider shows of the quota, and the same request after it is filled again',
  },
  subscription: {
    meaning: 'the client is not subscribed to this API, or the subscription is not approved',
    fix: 'approve the subscription of the test application, or send as one that has it; then send the request again',
    next: 'the subscriptions of the application in the console of the gateway',
  },
  'client-certificate': {
    meaning: 'the client has to show a certificate, and has shown none that it accepts',
    fix: 'send with a client certificate that is valid and signed by a CA that the server trusts (`curl --cert … --key …`); then the same request has to get an answer of the application',
    next: '`openssl s_client -connect host:443` names the CAs that it accepts',
  },
  'tls-required': {
    meaning: 'it takes this over TLS only, or in another version of it',
    fix: 'send to the https URL itself and not by way of a redirect, which turns a POST into a GET',
    next: 'the same request to the https URL',
  },
  'server-certificate': {
    meaning: 'the client did not accept the certificate of the server, and sent nothing',
    fix: 'trust the CA of the staging host on this machine, or give the server a certificate with this name; the request has not left this machine yet',
    next: '`openssl s_client -connect host:443 -servername host` shows the certificate',
  },
  'signed-url': {
    meaning: 'the signature of the URL, cookie or form is missing, wrong or expired',
    fix: 'make a fresh signed URL with the right key and method, and compare the clocks; then request it at once',
    next: 'the same URL signed afresh, and without a signature',
  },
  'storage-policy': {
    meaning: 'the policy of the bucket or container denies it; a missing object may look the same',
    fix: 'allow the action for the identity that asks, on that prefix only, and check that the object is there; then ask for it again',
    next: "the storage's access log, and the same request signed",
  },
  'mandatory-access-control': {
    meaning: 'SELinux or AppArmor keeps the server from the file, whatever its mode',
    fix: 'give the files the right label (`restorecon -Rv`, `semanage fcontext`) or the profile a rule for the path, never switch it off; then request it again and look that no new line appears',
    next: '`ausearch -m AVC -ts recent` or `journalctl -k | grep DENIED` at the time of the request',
  },
  maintenance: {
    meaning: 'the application is closed for maintenance',
    fix: 'run the suite when the maintenance is over, or with the bypass that the application has for it',
    next: 'the same request later, or with the bypass',
  },
  'business-rule': {
    meaning: 'a rule of the application itself does not allow it at this time or for these values',
    fix: 'send values that the application accepts, or set up the data that it wants to find',
    next: "the application's own log",
  },
  legal: {
    meaning: 'the content is withheld for legal reasons',
    fix: 'choose another case',
    next: 'the same request from another country',
  },
  'upstream-down': {
    meaning: 'what stands behind it does not answer',
    fix: 'start the application behind it, and check address, port and socket that it is reached by; then send the request again',
    next: 'a request to the application itself, past the proxy',
  },
  'internal-error': {
    meaning: 'something failed on the way; nothing was refused',
    fix: "look the error up in the application's or server's log; the request itself may be fine",
    next: 'the error log at the time of the request',
  },
  unreachable: {
    meaning: 'no connection came about',
    fix: 'check name, port and firewall: the request has reached nobody',
    next: 'name and address by `dig`, the port by `curl -v telnet://host:port`',
  },
  'connection-dropped': {
    meaning: 'the connection was closed without an answer',
    fix: 'find out who closed it: a WAF that drops, `return 444`, a proxy that rejects and an application that crashed look alike; their logs tell',
    next: 'the same body at a path that does not exist: if that is dropped too, it is a rule on what is sent',
  },
  'malformed-request': {
    meaning: 'the request is not well formed, or what is in it is not',
    fix: 'compare the bytes that were sent with what the endpoint takes; where the request is right, correct what stands before the endpoint and changes it',
    next: 'the smallest valid request to the same endpoint',
  },
  'method-not-supported': {
    meaning: 'there is nothing here that takes this method',
    fix: 'check method and path of the case, and that a static file or page does not stand before the route of the API',
    next: 'the header Allow, and a GET of the same URL',
  },
  'not-found': {
    meaning: 'there is nothing at this path',
    fix: 'check path, prefix and trailing slash of the case, and the routes of what stands before the application',
    next: 'a path that is known to exist',
  },
  'content-denied': {
    meaning: 'what the request holds is refused, by a WAF or by the application itself',
    fix: "find out who looks at the content: the WAF's log at that time, else the checks of the application for this field; then except that one value or field, and send the request again",
    next: "the WAF's log at the time of the request, and the same body at a path that does not exist",
  },
  'not-refused': {
    meaning: 'nothing was refused',
    fix: 'nothing is to be done about a refusal here',
    next: 'the answer of a request that is known to be refused, to compare with',
  },
  unknown: {
    meaning: 'for a reason that this does not tell',
    fix: 'find out first who refused it',
    next: 'the error logs of every server on the way at the time of the request',
  },
};
