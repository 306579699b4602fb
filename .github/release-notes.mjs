// @ts-check
/**
 * Prints the notes of a release: the section of .github/CHANGELOG.md that belongs to a tag. The release workflow calls it
 * first, since it fails where the tag does not fit the tree.
 *
 *   node .github/release-notes.mjs v1.2.3
 */
import { readFileSync } from 'node:fs';

/** @param {string} tag */
function releaseNotes(tag) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (tag !== `v${version}`) throw new Error(`the tag is "${tag}", and package.json has version ${version}`);
  const notes = sectionOf(version, readFileSync('.github/CHANGELOG.md', 'utf8'));
  if (notes === undefined) throw new Error(`.github/CHANGELOG.md has no section "## ${version}"`);
  if (notes === '') throw new Error(`the section "## ${version}" of .github/CHANGELOG.md says nothing`);
  return notes;
}

/**
 * What stands under the heading of a version, up to the next one: `## 1.2.3`, or `## 1.2.3 - 2026-01-31`.
 * @param {string} version
 * @param {string} changelog
 */
function sectionOf(version, changelog) {
  for (const section of changelog.split(/^## /m).slice(1)) {
    const [heading = '', ...lines] = section.split('\n');
    if (heading.split(' - ')[0]?.trim() === version) return lines.join('\n').trim();
  }
  return undefined;
}

try {
  process.stdout.write(`${releaseNotes(process.argv[2] ?? '')}\n`);
} catch (error) {
  process.stderr.write(`release: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
