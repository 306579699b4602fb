import type { WireAnswer } from './explain-error.js';

/** A question and the answer as the SDK's middleware hands them on. */
interface Received {
  readonly response: unknown;
}

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Keeps the text of answers as they come, by what was asked: the SDK's objects lack what it does not know, and turn a
 * statement that is newer than it into an empty one.
 */
export class WireAnswers {
  readonly #answers = new WeakMap<object, WireAnswer>();
  #endpoint: string | undefined;

  /** Where the last question went; absent where none was sent. */
  get endpoint(): string | undefined {
    return this.#endpoint;
  }

  /** The last answer to what was asked. */
  to(input: object): WireAnswer | undefined {
    return this.#answers.get(input);
  }

  /** What the SDK is to do between the wire and its own reading of an answer. */
  readonly middleware =
    <A extends { readonly input: object; readonly request: unknown }, R extends Received>(
      next: (args: A) => Promise<R>,
    ) =>
    async (args: A): Promise<R> => {
      this.#endpoint = originOf(args.request) ?? this.#endpoint;
      const result = await next(args);
      const { response } = result;
      if (!isHttpAnswer(response)) return result;
      const body = await bytesOf(response.body);
      this.#answers.set(args.input, {
        status: response.statusCode,
        text: body.toString('utf8'),
        date: response.headers['date'],
      });
      Object.assign(response, { body });
      return result;
    };
}

function originOf(request: unknown): string | undefined {
  if (typeof request !== 'object' || request === null) return undefined;
  const { protocol, hostname, port } = { protocol: '', hostname: '', port: undefined, ...request };
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}

function isHttpAnswer(response: unknown): response is HttpAnswer {
  return typeof response === 'object' && response !== null && 'statusCode' in response && 'body' in response;
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
