import { isStandardInput } from './curl-data.js';

const types: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  pdf: 'application/pdf',
  xml: 'application/xml',
};

/** The types that curl knows by the ending of a name. */
export function knownType(filename: string): string | undefined {
  return types[/\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''];
}

/** Standard input has the type of the name that it is given, if any. */
export function uploadType(path: string, filename: string): string | undefined {
  return isStandardInput(path)
    ? knownType(filename)
    : (knownType(filename) ?? knownType(path) ?? 'application/octet-stream');
}
