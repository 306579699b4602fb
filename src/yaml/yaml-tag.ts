const yamlTags = 'tag:yaml.org,2002:';

/** YAML's tag for texts, `!!str` in short. */
export const stringTag = `${yamlTags}str`;

/** What a tag means: `!!str` is `tag:yaml.org,2002:str`, `!each` is `each`, and `!` is the tag for texts (YAML 1.2.2, section 6.8.1). */
export function longTag(written: string): string {
  const tag = written.startsWith('!<') ? written.slice(2, -1) : written;
  if (tag === '!') return stringTag;
  if (tag.startsWith('!!')) return `${yamlTags}${tag.slice(2)}`;
  return tag.startsWith('!') ? tag.slice(1) : tag;
}

/** A tag as it is written. */
export function shortTag(tag: string): string {
  return tag.startsWith(yamlTags) ? `!!${tag.slice(yamlTags.length)}` : `!${tag}`;
}

/** The tag that every mapping or list has by nature. */
export function collectionTag(isMapping: boolean): string {
  return `${yamlTags}${isMapping ? 'map' : 'seq'}`;
}
