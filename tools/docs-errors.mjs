// Writes docs/errors.md from the table of error codes.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { keepGenerated } from './keep-generated.mjs';

const TABLE = 'packages/core/src/errors/codes.ts';

const INTRODUCTION = `# Errors

Mistakes that Tenon finds in a server's own code, when the app is created or started. Each names what to change. None of
them reaches a client. Words in braces stand for what the message names in your code.

This page is generated from \`${TABLE}\`: \`npm run docs:errors\`.
`;

/** The rows of the table, without running it: code, message and fix, as they are written. */
function rows() {
  const file = ts.createSourceFile(TABLE, readFileSync(TABLE, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer))
      found.push({ code: node.name.getText(), ...texts(node.initializer) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function texts(row) {
  return Object.fromEntries(
    row.properties.map(({ name, initializer }) => [name.getText(), initializer.text]),
  );
}

const sections = rows().map(({ code, message, fix }) => `## ${code}\n\n${plain(message)}\n\n${fixed(fix)}\n`);

/** Braces, stars and the like as they are. */
function plain(text) {
  return text.trim().replace(/[<>*_[\]]/g, '\\$&');
}

function fixed(fix) {
  return /^\{\w+\}$/.test(fix)
    ? '**What to change:** the message says it, for the case at hand.'
    : `**What to change:** ${plain(fix)}`;
}

keepGenerated('docs/errors.md', [INTRODUCTION, ...sections].join('\n'), 'docs:errors');
