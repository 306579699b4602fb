/** The form of a page that a case submits. It is fetched before the case is sent, with all that is in it. */
export interface FormSource {
  /** A path below the target's URL, with its query. */
  readonly page: string;
  /** A CSS selector of the form; default: the first one of the page that posts. */
  readonly form?: string;
  /** Names of fields that are not sent, such as a box that is to be unchecked. */
  readonly without?: readonly string[];
  /** Where it was sent when it was recorded: a path that counts where nobody fetches the page. Default: the page's own. */
  readonly action?: string;
}
