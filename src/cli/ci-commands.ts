/**
 * Variables of CI systems that look for commands in what a job prints: GitHub Actions (`::error::…`, and `##[error]…` anywhere in
 * a line), Azure Pipelines (`##vso[…]`) and TeamCity (`##teamcity[…]`).
 */
const readers = ['GITHUB_ACTIONS', 'TF_BUILD', 'TEAMCITY_VERSION'];

/** Whether what is printed is searched for commands. */
export function isReadForCommands(env: Readonly<Record<string, string | undefined>>): boolean {
  return readers.some((name) => (env[name] ?? '') !== '');
}

/**
 * Text in which no CI system finds a command: payloads, titles and logs are written by others, and one that is printed must not set
 * outputs, hide words or end the reading of commands. The marks become escapes that JSON reads as the same text.
 */
export function withoutCommands(text: string): string {
  return text.replace(/##(?=(?:vso|teamcity)?\[)/gi, '#\\u0023').replace(/^([^\S\r\n]*):(?=:)/gm, '$1\\u003a');
}
