/** A CI service for which a first job can be written. */
export const ciServices = ['github', 'gitlab'] as const;

/** A CI service, as options name it. */
export type CiService = (typeof ciServices)[number];

/** What the first config of a project says. */
export interface InitOptions {
  /** Where staging is; default: where the lab is by default. */
  readonly url?: string;
  /** The WAF's log, as a path; default: the lab's. */
  readonly log?: string;
  /** The ARN of the web ACL of AWS WAF, in the place of a log. */
  readonly webAcl?: string;
  /** Whose job is written; default: of the service whose files are there, if any. */
  readonly ci?: CiService | 'none';
}
