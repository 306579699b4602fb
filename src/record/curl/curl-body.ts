/** What is sent after the headers, and what curl says of it. */
export interface CurlBody {
  readonly kind: 'none' | 'data' | 'json' | 'form' | 'upload';
  readonly text?: string;
  readonly missing?: string;
  readonly boundary?: string;
}
