import type { FieldToMatch } from '../acl/field-to-match.js';

/** A component in words, as the end of "looks at". */
export function describeField(field: FieldToMatch): string {
  switch (field.kind) {
    case 'method':
      return 'the method';
    case 'uri-path':
      return 'the path';
    case 'query-string':
      return 'the query string';
    case 'all-query-arguments':
      return 'the arguments of the query string';
    case 'single-query-argument':
      return `the argument "${field.name}" of the query string`;
    case 'single-header':
      return `the header "${field.name}"`;
    case 'headers':
      return 'the headers';
    case 'cookies':
      return 'the cookies';
    case 'header-order':
      return 'the order of the headers';
    case 'body':
      return 'the body';
    case 'json-body':
      return 'the JSON body';
    case 'ja3':
    case 'ja4':
      return `the ${field.kind.toUpperCase()} fingerprint`;
    case 'uri-fragment':
      return 'the fragment of the URI';
    case 'unknown':
      return 'a component that is not known here';
  }
}
