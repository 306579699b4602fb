/** Stands for each element of an array in the path to a value in JSON. */
export const anyElement = null;

/** A step into JSON: the name of a member, the index of an element, or any element. */
export type JsonStep = string | number | typeof anyElement;

/**
 * A place in a request, in nobody's dialect. Where a name is absent, all that have one are meant; `of` tells what is meant
 * where it is not the value.
 * - `url`: path and query as they were sent; `query-string` and `path` are its halves.
 * - `body`: all of it, as text; `body-syntax`: whether it can be read as what it says that it is.
 * - `argument`: a query parameter or a field of the body, where a WAF does not tell which.
 * - `part`: of a multipart body: the value of a field, or of an upload its file name or the `file` itself.
 * - `xml`: the text of a document.
 */
export type FieldPath =
  | { readonly kind: 'method' | 'url' | 'path' | 'query-string' | 'body' | 'body-syntax' }
  | {
      readonly kind: 'query' | 'form' | 'argument' | 'header' | 'cookie';
      readonly name?: string;
      readonly of?: 'name';
    }
  | { readonly kind: 'json'; readonly path: readonly JsonStep[]; readonly of?: 'name' }
  | { readonly kind: 'part'; readonly name?: string; readonly of?: 'name' | 'filename' | 'file' | 'headers' }
  | { readonly kind: 'xml'; readonly of?: 'attributes' };
