import type { ErrorCode } from '@tenon/core';

/** A test that shows how a mistake ends: its file under the root, and its name as it is written there. */
type Shown = readonly [file: string, name: string];

/** One of the mistakes that authors of such servers make most, and how it ends here. */
export interface AuthorsMistake {
  readonly number: number;
  readonly mistake: string;
  /**
   * `impossible`: there is nothing to get wrong; `created`: told by createApp; `run`: told while the server runs;
   * `later`: belongs to a part that is not there yet.
   */
  readonly ends: 'impossible' | 'created' | 'run' | 'later';
  readonly how: string;
  readonly codes?: readonly ErrorCode[];
  readonly shown?: readonly Shown[];
}

const PARAMETERS = 'packages/core/test/server/mistakes-parameters.test.ts';
const COMPONENTS = 'packages/core/test/server/mistakes-components.test.ts';
const BUILDS = 'packages/core/test/modules/builds.test.ts';
const PROGRAMS = 'test/programs.test.ts';
const CLIENTS = 'packages/http/test/mistaken-clients.test.ts';
const UNSENDABLE = 'test/behaviour/unsendable.test.ts';
const ORDER = 'packages/core/test/middleware/doubtful-order.test.ts';
const LOOPS = 'packages/core/test/middleware/loops.test.ts';
const COMPOSE = 'packages/core/test/middleware/compose.test.ts';
const PAPERS = 'test/architecture/papers.test.ts';

const later = (number: number, mistake: string, part: string): AuthorsMistake => ({
  number,
  mistake,
  ends: 'later',
  how: `Belongs to ${part}.`,
});

/** The thirty, each with the tests that show how it ends. */
export const AUTHORS_MISTAKES: readonly AuthorsMistake[] = [
  later(1, 'no server object at module level', 'the command that loads a file'),
  {
    number: 2,
    mistake: 'async and await confused',
    ends: 'run',
    how: 'What a handler returns is awaited. A promise inside of it is named with its place, and one that fails while nobody waits ends nothing.',
    shown: [
      [
        UNSENDABLE,
        'a promise inside of a result is told with the tool and the place, one around it is awaited',
      ],
      [PROGRAMS, 'a promise that fails while nobody waits for it is logged, and the server goes on'],
    ],
  },
  {
    number: 3,
    mistake: 'the context is not injected',
    ends: 'created',
    how: 'A parameter without a type is told with @Ctx() and @Arg; a class without any, with the setting that writes them.',
    codes: ['ERR_PARAM_NO_SOURCE', 'ERR_BUILD_LOST'],
    shown: [
      [PARAMETERS, 'a parameter without a type that is called ctx is told how to receive the Context'],
      [BUILDS, 'types that %s has not written are told of each method, with the code that says them'],
      [BUILDS, 'a class that is imported as a type only is told so, compiled by %s'],
    ],
  },
  {
    number: 4,
    mistake: 'a resource URI without a scheme',
    ends: 'created',
    how: 'The URI is named, and a right one beside it.',
    codes: ['ERR_RESOURCE_URI'],
    shown: [[COMPONENTS, 'the URI "%s" is told with what is wrong']],
  },
  {
    number: 5,
    mistake: 'variables of a template that are no parameters',
    ends: 'created',
    how: 'Both sides are compared, in either spelling; the other name is suggested.',
    codes: ['ERR_RESOURCE_VARIABLES'],
    shown: [
      [PARAMETERS, 'a template whose {user_id} no parameter has suggests the parameter "%s"'],
      [PARAMETERS, 'every variable without a parameter is told, and every parameter without a variable'],
    ],
  },
  {
    number: 6,
    mistake: 'arguments that do not fit',
    ends: 'run',
    how: 'Each thing that is wrong is told to the model, by name and bound; the handler is not called.',
    shown: [['test/behaviour/tools.test.ts', 'every wrong argument is named, and the handler is not called']],
  },
  {
    number: 7,
    mistake: 'client and server over different transports',
    ends: 'run',
    how: 'Browsers, old clients, wrong paths, types and revisions are told what is right; so is a terminal.',
    shown: [
      [CLIENTS, 'a browser that asks for the endpoint is told what speaks to it'],
      [CLIENTS, '%s %s is told where the endpoint is'],
      [CLIENTS, 'a content type that is no JSON is told the one that is'],
      [CLIENTS, 'a revision this server does not speak is told those that it does'],
      [
        'packages/core/test/server/program-hints.test.ts',
        'a stdio server that is started from a terminal says what it waits for',
      ],
    ],
  },
  later(8, 'a module that cannot be imported', 'the command that loads a file'),
  {
    number: 9,
    mistake: 'what is deprecated is used',
    ends: 'impossible',
    how: 'Nothing is deprecated yet.',
    shown: [['test/authors-mistakes.test.ts', 'nothing public is deprecated yet']],
  },
  {
    number: 10,
    mistake: 'the port is taken',
    ends: 'run',
    how: 'The program ends with code 1, names the next port and how to find who holds this one, and closes what it has opened.',
    codes: ['ERR_SERVE_PORT_IN_USE'],
    shown: [
      [PROGRAMS, 'a port that is taken ends the program with code 1, a way out and no stack'],
      [
        'packages/http/test/served.test.ts',
        'a port in use is told with a way out, and what had been opened is closed again',
      ],
    ],
  },
  {
    number: 11,
    mistake: 'types no schema can be made of',
    ends: 'created',
    how: 'The method is named, and what JSON carries instead.',
    codes: ['ERR_PARAM_NO_SOURCE', 'ERR_SCHEMA_TYPE'],
    shown: [
      [PARAMETERS, 'types that JSON has no word for are told with what it has, as parameters'],
      [PARAMETERS, '%p is no output, and what to describe instead is told'],
    ],
  },
  {
    number: 12,
    mistake: 'results that are no JSON',
    ends: 'run',
    how: 'Dates, big integers, maps, sets, bytes and objects of classes are sent; circles and functions are named with their place.',
    shown: [
      [UNSENDABLE, 'dates, big integers, maps, sets, bytes and objects of classes are sent as JSON has them'],
      [UNSENDABLE, 'a circle is told with the tool and the place'],
      [UNSENDABLE, 'a function is told with the tool and the place, and the server goes on'],
    ],
  },
  {
    number: 13,
    mistake: 'files that import each other',
    ends: 'created',
    how: 'What is undefined is named with its place, and @Inject(() => Token) with it; providers in a circle are told with the whole path.',
    codes: ['ERR_DI_TYPE_ERASED', 'ERR_PARAM_NO_SOURCE', 'ERR_DI_CYCLE', 'ERR_OPTION_VALUE'],
    shown: [
      [
        'packages/core/test/di/import-cycles.test.ts',
        'a token that an import cycle has left undefined is told with the way to name it later',
      ],
      [
        PARAMETERS,
        'a type that an import cycle has left undefined is told with the function that names it later',
      ],
      [
        'packages/core/test/server/mistakes-graph.test.ts',
        'a cycle is told with its whole path before anything is made',
      ],
      ['packages/core/test/server/mistakes-options.test.ts', '@Tool(%p) is told what the option takes'],
    ],
  },
  {
    number: 14,
    mistake: 'a Node.js that is too old',
    ends: 'created',
    how: 'The version that runs and the one that is needed are told before anything else fails.',
    codes: ['ERR_NODE_VERSION'],
    shown: [
      [
        'packages/core/test/server/node-version.test.ts',
        'Node.js %s is refused with the version that is needed',
      ],
    ],
  },
  {
    number: 15,
    mistake: 'work done while a file is imported',
    ends: 'impossible',
    how: 'Decorators write records and createApp opens nothing; what is opened is opened by start().',
    shown: [[PROGRAMS, 'importing a server, and creating its app, opens nothing and leaves nothing running']],
  },
  {
    number: 16,
    mistake: 'storage in memory in production',
    ends: 'run',
    how: 'A program says in one line where it keeps things, and warns in production where that is memory and should not be. One store named in the root module is for all.',
    shown: [
      [
        'packages/core/test/server/stores.test.ts',
        'in production a server warns where what should outlive the process is in memory',
      ],
      [
        'packages/storage/test/disk-store.test.ts',
        'records survive the store, and each instance on a folder sees what the others do',
      ],
    ],
  },
  {
    number: 17,
    mistake: 'the lifespan is not passed on',
    ends: 'impossible',
    how: 'A plugin starts its app with its Fastify. What is used before is told what to await.',
    codes: ['ERR_APP_NOT_STARTED'],
    shown: [
      [
        'packages/http/test/hosts/fastify.test.ts',
        'an app is served under the prefix of a Fastify that has routes, parsers and an error handler of its own',
      ],
      [CLIENTS, 'a plugin that is asked while its Fastify gets ready says what to wait for'],
      [
        'packages/core/test/server/program-hints.test.ts',
        'what an app holds is not there before it has started, and the cure is told',
      ],
    ],
  },
  {
    number: 18,
    mistake: 'middleware in the wrong order',
    ends: 'run',
    how: 'A warning in the log, already when the app is created, names the two, what goes wrong, and which to list first. It is no error: some mean it.',
    shown: [
      [ORDER, 'a doubtful order is a warning that names the pair, and no error: %#'],
      [ORDER, 'what stands on a method is inside all of its module, and is told with the method'],
    ],
  },
  {
    number: 19,
    mistake: 'next() not called, called twice, or called in circles',
    ends: 'run',
    how: 'The hook is named. Without next() a hook answers by itself, which is allowed.',
    codes: ['ERR_MIDDLEWARE_NEXT_TWICE', 'ERR_MIDDLEWARE_RESULT', 'ERR_CALL_LOOP'],
    shown: [
      [COMPOSE, 'next() a second time is refused with the hook it was called in'],
      [COMPOSE, '%p is no result, and the hook is named'],
      [LOOPS, 'a middleware that answers by a call of its own is told by its name'],
      [LOOPS, 'a handler that calls itself without an end is told by its name'],
    ],
  },
  later(20, 'a copy of a server where a mounted one was meant', 'sources'),
  later(21, 'the wrong form of a prefix', 'sources'),
  later(22, 'an OAuth proxy that does not ask for consent', 'auth'),
  later(23, 'no key to sign tokens with', 'auth'),
  {
    number: 24,
    mistake: 'an icon whose data URI is none',
    ends: 'created',
    how: 'What is wrong with it is told, and how it is written.',
    codes: ['ERR_ICON_SOURCE', 'ERR_ICON_SIZE', 'ERR_ICON_FILE'],
    shown: [['packages/core/test/mcp/icon.test.ts', '%j is no icon']],
  },
  {
    number: 25,
    mistake: 'a lifespan taken for one of a session',
    ends: 'impossible',
    how: 'A lifespan is opened once; @OnSession and instances of lifetime "session" belong to sessions.',
    shown: [[CLIENTS, 'what a server opens is opened once, however many sessions come and go']],
  },
  {
    number: 26,
    mistake: 'an API that has been removed is imported',
    ends: 'impossible',
    how: 'The public names are kept in a file that changes only on purpose.',
    shown: [[PAPERS, 'api.txt is the public surface, and each name of it is documented']],
  },
  {
    number: 27,
    mistake: 'the HTTP request where there is none',
    ends: 'impossible',
    how: 'ctx.http is undefined over stdio and in memory.',
    shown: [
      [
        'packages/core/test/context/http-headers.test.ts',
        'a handler sees the headers of a request without those that carry credentials',
      ],
      [
        'packages/core/test/context/http-headers.test.ts',
        'where there was no HTTP there is no request, rather than an error',
      ],
    ],
  },
  {
    number: 28,
    mistake: 'a path that has moved is imported',
    ends: 'impossible',
    how: 'Each package has one entry, and the face its subpaths; no other path can be imported.',
    shown: [
      [PAPERS, 'api.txt is the public surface, and each name of it is documented'],
      ['test/authors-mistakes.test.ts', 'no package can be imported by a path of its files'],
    ],
  },
  {
    number: 29,
    mistake: 'served at /mcp/mcp',
    ends: 'run',
    how: 'Under a prefix the path is the prefix. A doubled one is warned of, and who asks elsewhere is told where.',
    shown: [
      [
        'packages/http/test/hosts/embedded.test.ts',
        'a path that repeats the prefix is served as it is written, with a warning that says where',
      ],
      [CLIENTS, '%s %s is told where the endpoint is'],
    ],
  },
  {
    number: 30,
    mistake: 'no active context in the background',
    ends: 'run',
    how: 'currentContext() finds the context of a call in everything the call has set off; elsewhere it says so.',
    codes: ['ERR_CONTEXT_NONE'],
    shown: [
      ['test/behaviour/state.test.ts', '200 calls at once each find their own Context, however deep'],
      ['test/behaviour/state.test.ts', 'outside of any call there is no Context'],
      [
        'test/behaviour/background.test.ts',
        'work that outlives its call finds its Context, and clients hear no more of it: over $over, in $version',
      ],
    ],
  },
];
