import { join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/util/package-root.js';

/** A name that `index.ts` exports. */
export interface PublicName {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'value' | 'type';
  /** The first paragraph of its comment, on one line. */
  readonly summary: string;
}

export interface PublicApi {
  readonly names: readonly PublicName[];
  /** Types that signatures of the API name, and that a program cannot import. */
  readonly missing: readonly string[];
}

/** Reads the API from the sources: it is what the compiler says. */
export function readPublicApi(): PublicApi {
  const index = join(packageRoot, 'src', 'index.ts');
  const program = ts.createProgram([index], compilerOptions());
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error('index.ts exports nothing');
  const exported = checker.getExportsOfModule(module).map((symbol) => resolved(symbol, checker));
  const names = exported.map((symbol) => publicName(symbol, checker)).sort((a, b) => compare(a.name, b.name));
  return { names, missing: missingFrom(exported, checker) };
}

const titles: readonly (readonly [kind: PublicName['kind'], title: string])[] = [
  ['function', 'Functions'],
  ['class', 'Classes'],
  ['value', 'Values'],
  ['type', 'Types'],
];

/** All exports by kind, with what they are. */
export function exportTable({ names }: PublicApi): string {
  const sections = titles.map(([kind, title]) => {
    const rows = names
      .filter((one) => one.kind === kind)
      .map(({ name, summary }) => `| \`${name}\` | ${cell(summary)} |`);
    return [`### ${title}\n`, '| name | is |', '| --- | --- |', ...rows, ''].join('\n');
  });
  return sections.join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function compilerOptions(): ts.CompilerOptions {
  const path = join(packageRoot, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, packageRoot).options;
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function publicName(symbol: ts.Symbol, checker: ts.TypeChecker): PublicName {
  const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const [summary = ''] = comment.split(/\n(?=- |\n)/);
  return { name: symbol.name, kind: kindOf(symbol), summary: summary.replaceAll(/\s+/g, ' ').trim() };
}

function kindOf({ flags }: ts.Symbol): PublicName['kind'] {
  if (flags & ts.SymbolFlags.Function) return 'function';
  if (flags & ts.SymbolFlags.Class) return 'class';
  return flags & ts.SymbolFlags.Variable ? 'value' : 'type';
}

/** What is private to a file is looked through: a program has no use for its name. */
function missingFrom(exported: readonly ts.Symbol[], checker: ts.TypeChecker): readonly string[] {
  const seen = new Set(exported);
  const missing = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) return;
    const name = referenced(node);
    const found = name && checker.getSymbolAtLocation(name);
    const symbol = found && resolved(found, checker);
    if (symbol !== undefined && isOurs(symbol) && !seen.has(symbol)) {
      seen.add(symbol);
      if (isExportedOf(symbol)) missing.add(symbol.name);
      symbol.declarations?.forEach(visit);
    }
    ts.forEachChild(node, visit);
  };
  for (const symbol of exported) symbol.declarations?.forEach(visit);
  return [...missing].sort();
}

function referenced(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  return ts.isExpressionWithTypeArguments(node) ? node.expression : undefined;
}

function isOurs({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some(
    (one) => one.getSourceFile().fileName.startsWith(join(packageRoot, 'src')) && !ts.isTypeParameterDeclaration(one),
  );
}

function isExportedOf({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Export) !== 0);
}
