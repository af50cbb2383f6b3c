import tseslint from 'typescript-eslint';

const BANNED = [
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'shared',
  'misc',
  'base',
  'impl',
  'manager',
  'service',
  'factory',
];

/** A file is named by the one thing it holds: kebab-case, and no word that fits everything. */
const fileNames = {
  create(context) {
    const [file = ''] = context.filename.split('/').slice(-1);
    const stem = file.replace(/^\.|\.(test|config)?\.?[cm]?[jt]s$/, '');
    const words = stem.split(/[-.]/);
    return {
      Program(node) {
        if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(stem))
          context.report({ node, message: `${file}: file names are kebab-case` });
        const word = words.find((each) => BANNED.includes(each));
        if (word)
          context.report({
            node,
            message: `${file}: "${word}" fits everything; name the one thing the file holds`,
          });
      },
    };
  },
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', 'packages/tsconfig/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          ...['core', 'http', 'storage', 'testing', 'tenon'].map(
            (name) => `./packages/${name}/tsconfig.json`,
          ),
          // A file is looked for in each of these in turn, and each one that is opened takes its place in memory.
          './tsconfig.test.json',
          './test/conformance/tsconfig.json',
          './test/programs/tsconfig.json',
          './test/fuzz/tsconfig.json',
          './bench/server/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house: { rules: { 'file-names': fileNames } } },
    rules: {
      'house/file-names': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      // Every ?. and ?? and default counts as a branch here.
      complexity: ['error', 16],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Name what you export: the same word everywhere it is used.',
        },
        {
          selector: 'TSEnumDeclaration',
          message: 'A union of literals says the same and leaves no code behind.',
        },
      ],
      // A decorated class needs its imports at run time; the rule knows it from emitDecoratorMetadata.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Modules are classes with nothing in them but their decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // Presence of a method is asked, never the method kept.
      '@typescript-eslint/unbound-method': 'off',
      // What crosses a boundary is checked although its type says that it cannot be otherwise.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // What was thrown is passed on as it was thrown.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // `toJson<T>()` and the like tell the compiler what only the caller knows.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    // All of them as one program: one each does not fit into the memory that node gives itself.
    files: ['examples/**'],
    languageOptions: { parserOptions: { project: ['./tsconfig.examples.json'] } },
  },
  { files: ['packages/*/src/**'], rules: { 'no-console': 'error' } },
  // Tables, of all codes and of the mistakes authors make: they grow by their rows, and in two pieces would be looked up twice.
  {
    files: ['packages/core/src/errors/codes.ts', 'test/authors-mistakes.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/test/**', '**/*.test.ts', 'examples/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // A test hands in what a type forbids: that is what it is for.
  {
    files: ['packages/*/test/**', '**/*.test.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    // Without types it cannot know what decorators need.
    rules: { '@typescript-eslint/consistent-type-imports': 'off', 'max-lines': ['error', 450] },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: {
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      'max-lines-per-function': 'off',
      complexity: 'off',
    },
  },
);
