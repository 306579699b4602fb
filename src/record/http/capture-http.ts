import type { Pair } from '../../model/request.js';
import { at, isTree, text } from '../../util/json-tree.js';
import { decodeUtf8, withoutMark } from '../../util/read-file.js';
import { encodeUrl } from '../authored/encode-url.js';
import { readTree } from '../authored/read-tree.js';
import { Template, templateNotes } from '../authored/template.js';
import type { CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { ImportSettings, LeftOut } from '../import-format.js';
import { localFiles } from '../local-files.js';
import { readSource } from '../read-source.js';
import { httpBody } from './http-body.js';
import { type HttpFileRequest, readHttpFile } from './http-file.js';

const maxFile = 16 * 1024 * 1024;
const otherProtocols = /^(?:WEBSOCKET|WSS?|GRPC|GRPCS|SSE|MQTT|AMQP|RSOCKET)$/;

/** Requests of .http and .rest files. Nothing in them is run. */
export const captureHttp: Capture = async (source, settings) => {
  const bytes = await readSource(source, maxFile);
  const file = readHttpFile(withoutMark(decodeUtf8(bytes) ?? bytes.toString('latin1')));
  const environment = await readEnvironment(settings);
  const template = new Template((name) => file.variables.get(name) ?? environment.get(name));
  const read = localFiles(source.folder, settings.allowOutside);
  const requests: CapturedRequest[] = [];
  const leftOut: LeftOut[] = [];
  for (const request of file.requests) {
    if (otherProtocols.test(request.method))
      leftOut.push({ name: `line ${request.line}`, reason: `of another protocol (${request.method})` });
    else requests.push(await captured(request, template, source.shown, () => httpBody(request, template, read)));
  }
  const scripts = file.scripts === 0 ? [] : [`scripts, which are not run: ${file.scripts}`];
  return { requests, leftOut, notes: [...templateNotes(template), ...scripts] };
};

async function captured(
  { title, method, url, headers, line }: HttpFileRequest,
  template: Template,
  file: string,
  body: () => Promise<CapturedRequest['body']>,
): Promise<CapturedRequest> {
  const filled = headers.map(([name, value]): Pair => [template.fill(name), credentials(name, template.fill(value))]);
  const host = filled.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const target = template.fill(url);
  const isGraphql = method === 'GRAPHQL';
  const isTyped = filled.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    method: isGraphql ? 'POST' : method,
    url: encodeUrl(target.startsWith('/') && host !== undefined ? `http://${host}${target}` : target),
    headers: [
      ...filled.filter(([name]) => name.toLowerCase() !== 'content-length'),
      ...(isGraphql && !isTyped ? [['Content-Type', 'application/json'] as const] : []),
    ],
    body: await body(),
    place: { file, line },
    ...(title !== undefined && { title: template.fill(title) }),
  };
}

/** `Basic user password` and `Basic user:password` are written in clear. */
function credentials(name: string, value: string): string {
  const [, user, password] = /^Basic\s+([^\s:]+)(?:\s+|:)(.*)$/i.exec(value) ?? [];
  if (name.toLowerCase() !== 'authorization' || user === undefined || password === undefined) return value;
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Variables of an `http-client.env.json`: those that all environments share, and those of the first. */
async function readEnvironment({ environment, cwd }: ImportSettings): Promise<ReadonlyMap<string, string>> {
  if (environment === undefined) return new Map();
  const source = { path: environment, shown: environment, stem: '', folder: cwd };
  const tree = readTree(await readSource(source, maxFile), source);
  if (!isTree(tree)) return new Map();
  const first = Object.keys(tree).find((name) => name !== '$shared' && isTree(at(tree, name)));
  const groups = [tree, at(tree, '$shared'), first === undefined ? undefined : at(tree, first)];
  return new Map(
    groups.flatMap((group) =>
      isTree(group)
        ? Object.entries(group).flatMap(([name, value]) =>
            isTree(value) ? [] : [[name, text(value) || `${value}`] as const],
          )
        : [],
    ),
  );
}
