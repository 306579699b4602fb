import { at, isTree, list, text } from '../../util/json-tree.js';

/** A request of an export, with what it has from the folders that it is in. */
export interface InsomniaRequest {
  readonly request: unknown;
  readonly title: string;
  /** From the outermost folder to the innermost. */
  readonly folders: readonly unknown[];
}

/** An export of Insomnia, of version 4 or 5. */
export interface InsomniaExport {
  readonly requests: readonly InsomniaRequest[];
  /** Of other protocols: their names. */
  readonly others: readonly string[];
  /** Those that count first stand first. */
  readonly environments: readonly unknown[];
}

const deepest = 50;

/** @returns nothing where it is no export */
export function readInsomnia(tree: unknown): InsomniaExport | undefined {
  if (Array.isArray(at(tree, 'resources'))) return ofResources(list(at(tree, 'resources')));
  return Array.isArray(at(tree, 'collection')) ? ofCollection(tree) : undefined;
}

/** Version 4 is a flat list, in which each names its parent. */
function ofResources(resources: readonly unknown[]): InsomniaExport {
  const byId = new Map(resources.map((one) => [text(at(one, '_id')), one]));
  const ofType = (type: string) => resources.filter((one) => at(one, '_type') === type);
  return {
    requests: ofType('request').map((request) => withFolders(request, parents(request, byId))),
    others: resources
      .filter((one) => /^(?:grpc|websocket|socketio)_request$/.test(text(at(one, '_type'))))
      .map((one) => text(at(one, 'name'))),
    // Those of a workspace come before those that are made of them.
    environments: [...ofType('environment')]
      .sort((a, b) => depthOf(a, byId) - depthOf(b, byId))
      .map((one) => at(one, 'data')),
  };
}

function parents(one: unknown, byId: ReadonlyMap<string, unknown>): readonly unknown[] {
  const found: unknown[] = [];
  for (
    let parent = byId.get(text(at(one, 'parentId')));
    parent !== undefined && found.length < deepest;
    parent = byId.get(text(at(parent, 'parentId')))
  )
    if (at(parent, '_type') === 'request_group') found.unshift(parent);
  return found;
}

function depthOf(one: unknown, byId: ReadonlyMap<string, unknown>): number {
  const parent = byId.get(text(at(one, 'parentId')));
  return at(parent, '_type') === 'environment' ? 1 : 0;
}

/** Version 5 is a tree. */
function ofCollection(tree: unknown): InsomniaExport {
  const requests: InsomniaRequest[] = [];
  const others: string[] = [];
  const visit = (items: unknown, folders: readonly unknown[]) => {
    for (const item of list(items)) {
      if (Array.isArray(at(item, 'children')) && folders.length < deepest)
        visit(at(item, 'children'), [...folders, item]);
      else if (isOther(item)) others.push(text(at(item, 'name')));
      else if (at(item, 'url') !== undefined) requests.push(withFolders(item, folders));
    }
  };
  visit(at(tree, 'collection'), []);
  const base = at(tree, 'environments');
  return {
    requests,
    others,
    environments: [at(base, 'data'), ...list(at(base, 'subEnvironments')).map((one) => at(one, 'data'))],
  };
}

function isOther(item: unknown): boolean {
  return (
    /^(?:ws|greq|grpc|ws-req|socketio)/.test(text(at(item, 'meta', 'id'))) ||
    /^wss?:/.test(text(at(item, 'url'))) ||
    at(item, 'protoMethodName') !== undefined
  );
}

function withFolders(request: unknown, folders: readonly unknown[]): InsomniaRequest {
  const title = [...folders, request]
    .map((one) => text(at(one, 'name')))
    .filter((name) => name !== '')
    .join(' / ');
  return { request, title, folders };
}

/** A value of an environment by its path: `base_url`, `user.name`, `hosts[0]`. */
export function environmentValue(data: unknown, name: string): string | undefined {
  const value = at(
    data,
    ...name
      .replace(/^_\./, '')
      .replace(/\[['"]?([^\]'"]+)['"]?\]/g, '.$1')
      .split('.'),
  );
  if (isTree(value)) return JSON.stringify(value);
  return value === undefined || value === null ? undefined : `${value as string | number | boolean}`;
}
