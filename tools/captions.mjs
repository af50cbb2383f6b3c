// The caption of a source file: the first clause of the doc comment on its main export.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';

/** The caption of a source file; undefined if its main export has no doc comment. */
export function captionOf(path) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const exported = file.statements.filter(isExported);
  const main =
    exported.find((statement) => letters(nameOf(statement)) === letters(basename(path, '.ts'))) ??
    exported.find(
      (statement) => !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement),
    ) ??
    exported[0];
  const [comment] = main ? ts.getJSDocCommentsAndTags(main).filter(ts.isJSDoc) : [];
  return comment && firstClause(text(comment, file));
}

/** Up to the first full stop, colon or semicolon: what follows tells more, the caption says what it is. */
function firstClause(comment) {
  const [line = ''] = comment.split('\n');
  return line.split(/[.:;](?:\s|$)/)[0];
}

/** As it is written: the compiler's own reading takes "@Tool" in a sentence for a tag. */
function text(comment, file) {
  return comment
    .getText(file)
    .replace(/^\/\*\*\s*|\s*\*\/$/g, '')
    .replace(/^\s*\* ?/gm, '');
}

function isExported(statement) {
  if (ts.isExportDeclaration(statement)) return true;
  return ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExportKeyword);
}

function isExportKeyword({ kind }) {
  return kind === ts.SyntaxKind.ExportKeyword;
}

function nameOf(statement) {
  return statement.name?.text ?? statement.declarationList?.declarations[0]?.name.getText() ?? '';
}

function letters(name) {
  return name.replace(/[^a-z0-9]/gi, '').toLowerCase();
}
