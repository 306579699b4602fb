import { fail } from '../../../model/error.js';
import type { JsonValue } from '../../../model/request.js';
import { reasonOf } from '../../../util/reason-of.js';
import { parseYaml } from '../../../yaml/yaml-parse.js';
import { type AclDocument, noResources } from './acl-document.js';
import { readTemplate } from './cloudformation/read-template.js';
import { yamlTemplate } from './cloudformation/yaml-template.js';
import { refuseConsoleExport } from './console-export.js';
import { readApi } from './read-api.js';
import { readCdkRules } from './read-cdk-rules.js';
import type { SourceValue } from './source-value.js';
import { readShow } from './terraform/read-show.js';
import { isTerraform, readTerraform } from './terraform/read-source.js';

/** A file and what is in it. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

type Parsed =
  | { readonly kind: 'plain'; readonly value: JsonValue }
  | { readonly kind: 'terraform'; readonly value: SourceValue };

/**
 * What each of the files tells of web ACLs. The formats are told apart by what is in the files; files of Terraform are
 * taken for one module.
 *
 * @throws WafproofError `ACL_INVALID`
 */
export async function parseFiles(files: readonly TextFile[]): Promise<readonly AclDocument[]> {
  const parsed = await Promise.all(files.map(async (it) => ({ file: it.file, parsed: await parseText(it) })));
  const module = parsed.filter((it) => it.parsed.kind === 'terraform').map((it) => it.parsed.value);
  return parsed.map((it) => documentOf(it.parsed, it.file, module));
}

function documentOf(parsed: Parsed, file: string, module: readonly SourceValue[]): AclDocument {
  if (parsed.kind === 'terraform') {
    return readTerraform(parsed.value, module) ?? { acls: [], resources: noResources, format: 'Terraform source' };
  }
  const document =
    readApi(parsed.value) ?? readTemplate(parsed.value) ?? readShow(parsed.value) ?? readCdkRules(parsed.value);
  if (document !== undefined) return document;
  refuseConsoleExport(parsed.value, file);
  throw fail('ACL_INVALID', { reason: 'nothing in it is known here' }, { place: { file } });
}

async function parseText({ file, text }: TextFile): Promise<Parsed> {
  const json = jsonIn(text);
  if (json !== undefined)
    return isTerraform(json) ? { kind: 'terraform', value: json } : { kind: 'plain', value: json };
  if (file.endsWith('.tf') || blockOfTerraform.test(text))
    return { kind: 'terraform', value: await parseHcl(text, file) };
  const yaml = parseYaml(text, file);
  if (yaml.kind === 'parsed') return { kind: 'plain', value: yamlTemplate(yaml.root) };
  throw fail('ACL_INVALID', { reason: `it is neither JSON nor YAML (${yaml.reason})` }, { place: yaml.at });
}

const blockOfTerraform = /^(?:resource|variable|locals|terraform|provider|module)\b[^:\n]{0,200}\{/m;

function jsonIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function parseHcl(text: string, file: string): Promise<SourceValue> {
  const { parse } = await import('@cdktf/hcl2json');
  try {
    return await parse(file, text);
  } catch (error) {
    const reason = reasonOf(error).replace(/^parse config: /, '');
    throw fail('ACL_INVALID', { reason: `it is not Terraform source (${reason})` }, { place: { file }, cause: error });
  }
}
