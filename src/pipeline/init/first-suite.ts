/** @param schema where editors find what a suite may hold; absent where nobody knows */
export function firstSuite(schema: string | undefined): string {
  return `${schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`}suite: Comments
defaults:
  method: POST
  path: /api/comments
  tags: [comments]
cases:
  - id: sql-question
    title: A question that quotes SQL
    because: Support staff paste SQL all day
    form:
      comment: "SELECT name FROM users WHERE id = 1 OR 1=1; -- how does this work?"
  - id: names
    title: Names as people have them
    form: { author: !each wafproof:legitimate/names, comment: Thank you! }
`;
}
