import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** What the rules look at in one file. Paths are relative to the tree's root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Lines with a default export. */
  readonly defaultExports: readonly number[];
  readonly processUses: readonly ProcessUse[];
  /** What is exported here and declared here. */
  readonly exports: readonly string[];
  /** Names and texts in the code; comments are none. */
  readonly words: readonly Word[];
}

interface Word {
  readonly line: number;
  readonly text: string;
}

export interface Import {
  readonly line: number;
  /** Types leave no trace in the program; what is dynamic loads when it is reached. */
  readonly kind: 'static' | 'type' | 'dynamic';
  readonly to: { readonly kind: 'file' | 'package' | 'builtin'; readonly name: string } | { readonly kind: 'computed' };
}

interface ProcessUse {
  readonly line: number;
  readonly env: boolean;
}

/** Reads all TypeScript files below a folder. */
export function readTree(root: string): readonly SourceFile[] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return paths.sort().map((path) => readSource(path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')));
}

export function readSource(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = descendants(source);
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return {
    path,
    lines: text.replace(/\n$/, '').split('\n').length,
    imports: nodes.flatMap((node) => readImport(path, node).map((found) => ({ line: lineOf(node), ...found }))),
    defaultExports: nodes.filter(isDefaultExport).map(lineOf),
    exports: nodes.flatMap(exportedNames),
    words: nodes.filter(isWord).map((node) => ({ line: lineOf(node), text: node.text })),
    processUses: nodes.filter(isProcess).map((node) => ({ line: lineOf(node), env: isEnvOf(node) })),
  };
}

function descendants(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children.flatMap((child) => [child, ...descendants(child)]);
}

type WordNode = ts.Identifier | ts.LiteralLikeNode | ts.TemplateLiteralLikeNode;

function isWord(node: ts.Node): node is WordNode {
  return (
    ts.isIdentifier(node) ||
    ts.isLiteralExpression(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

function exportedNames(node: ts.Node): readonly string[] {
  const isExported =
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (isExported !== true) return [];
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const { name } = node as ts.DeclarationStatement;
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

function readImport(path: string, node: ts.Node): readonly Omit<Import, 'line'>[] {
  const found = specifierOf(node);
  if (found === undefined) return [];
  const { kind, specifier } = found;
  return [{ kind, to: ts.isStringLiteralLike(specifier) ? destination(path, specifier.text) : { kind: 'computed' } }];
}

function specifierOf(node: ts.Node): { kind: Import['kind']; specifier: ts.Node } | undefined {
  if (ts.isImportDeclaration(node)) {
    return { kind: node.importClause?.isTypeOnly === true ? 'type' : 'static', specifier: node.moduleSpecifier };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { kind: node.isTypeOnly ? 'type' : 'static', specifier: node.moduleSpecifier };
  }
  if (ts.isExternalModuleReference(node)) return { kind: 'static', specifier: node.expression };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { kind: 'type', specifier: node.argument.literal };
  }
  return loadedByCall(node);
}

/** `import('…')` and `require('…')`. */
function loadedByCall(node: ts.Node): { kind: 'dynamic'; specifier: ts.Node } | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression, arguments: given } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
  const specifier = given[0];
  return loads && specifier !== undefined ? { kind: 'dynamic', specifier } : undefined;
}

function destination(path: string, specifier: string): Import['to'] {
  if (specifier.startsWith('.')) {
    const name = posix.normalize(posix.join(posix.dirname(path), specifier));
    return { kind: 'file', name: name.replace(/\.js$/, '.ts') };
  }
  if (isBuiltin(specifier)) return { kind: 'builtin', name: specifier.replace(/^node:/, '') };
  const parts = specifier.split('/');
  return { kind: 'package', name: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** The global, by its name or by `globalThis.process`; a property or a key of that name is none. */
function isProcess(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || node.text !== 'process') return false;
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.name !== node) return !isKey(node, parent);
  return ts.isIdentifier(parent.expression) && ['globalThis', 'global'].includes(parent.expression.text);
}

function isKey(node: ts.Identifier, parent: ts.Node): boolean {
  const named = ts.isPropertyAssignment(parent) || ts.isTypeElement(parent) || ts.isClassElement(parent);
  return (named && parent.name === node) || (ts.isBindingElement(parent) && parent.propertyName === node);
}

function isEnvOf(node: ts.Node): boolean {
  const use =
    ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent.parent : node.parent;
  if (ts.isPropertyAccessExpression(use)) return use.name.text === 'env';
  return ts.isElementAccessExpression(use) && ts.isStringLiteralLike(use.argumentExpression)
    ? use.argumentExpression.text === 'env'
    : false;
}
