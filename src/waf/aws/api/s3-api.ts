import { fail } from '../../../model/error.js';
import { clientSettings } from './client-settings.js';
import { type AwsQuestion, explainError } from './explain-error.js';

/** A place in S3: a bucket, and what the keys in it begin with. */
export interface S3Place {
  readonly bucket: string;
  /** Empty, or it ends with a slash. */
  readonly prefix: string;
}

/** A file in S3. */
export interface S3File {
  readonly key: string;
  readonly bytes: number;
}

/** What of S3 is needed to read logs. */
export interface S3Api {
  /**
   * The files whose keys begin with a prefix.
   * @throws WafproofError one of the codes that begin with `AWS_`
   */
  list(bucket: string, prefix: string): AsyncIterable<S3File>;
  /** The content of a file, piece by piece. */
  read(bucket: string, key: string): AsyncIterable<Uint8Array>;
  close(): void;
}

/** Opens S3; a bucket may be in another region than the web ACL. */
export async function openS3Api(region: string): Promise<S3Api> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({ ...clientSettings(region), followRegionRedirects: true });
  const question = (operation: string, bucket: string): AwsQuestion => ({
    operation,
    what: `bucket ${bucket}`,
    region,
    endpoint: `S3 in ${region}`,
  });
  return {
    async *list(bucket, prefix) {
      let next: string | undefined;
      do {
        const page = await explained(question('s3:ListBucket', bucket), () =>
          client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next })),
        );
        // A list names its bucket. The SDK takes a page of a web server for an empty one.
        if (page.Name === undefined) throw noApi(question('s3:ListBucket', bucket), page.$metadata.httpStatusCode);
        for (const { Key: key = '', Size: bytes = 0 } of page.Contents ?? []) yield { key, bytes };
        next = page.NextContinuationToken;
      } while (next !== undefined);
    },
    async *read(bucket, key) {
      const { Body: body } = await explained(question('s3:GetObject', bucket), () =>
        client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key })),
      );
      if (body !== undefined) yield* chunksOf(body);
    },
    close: () => client.destroy(),
  };
}

function noApi({ endpoint, operation }: AwsQuestion, status = 0) {
  return fail('AWS_NOT_AN_API', { endpoint, status, operation });
}

async function explained<T>(question: AwsQuestion, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw explainError(error, question);
  }
}

/** In Node a body is a stream. */
async function* chunksOf(body: object): AsyncGenerator<Uint8Array, void, undefined> {
  if (!isStream(body)) return;
  for await (const chunk of body) if (chunk instanceof Uint8Array) yield chunk;
}

function isStream(body: object): body is AsyncIterable<unknown> {
  return Symbol.asyncIterator in body;
}
