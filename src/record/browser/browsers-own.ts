/**
 * What Chromium, Chrome and Edge send to their makers, whatever page is open: updates, what fields of a form are called, who
 * is logged in, which pages are dangerous. No page asks for it, and switches do not end all of it.
 */
const services =
  /^https?:\/\/(?:(?:update|content-autofill|optimizationguide-pa|safebrowsing|passwordsleakcheck-pa|chromewebstore|clientservices|chromefeedcontentsuggestions-pa|edgedl\.me)\.(?:googleapis|gvt1)\.com|clients\d?\.google\.com|android\.clients\.google\.com|redirector\.gvt1\.com|edge\.microsoft\.com|config\.edge\.skype\.com|browser\.events\.data\.msn\.com|msedge\.api\.cdp\.microsoft\.com)$/;

/** Whether a request is one of the browser itself. */
export function isBrowsersOwn(origin: string, target: string): boolean {
  return services.test(origin) || (origin === 'https://accounts.google.com' && target.startsWith('/ListAccounts'));
}
