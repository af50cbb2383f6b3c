/** Every mistake an author can make: what happened, and what to change. One row a code. */
export const CODES = {
  // the graph of modules and providers
  ERR_DI_MISSING: {
    message: '{owner} of {module} asks for {token}, and no module of this server provides it.',
    fix: 'Add {token} to the providers of {module}, or import the module that provides it.',
  },
  ERR_DI_NOT_EXPORTED: {
    message: '{owner} of {module} asks for {token}, which {provider} provides, but {problem}.',
    fix: '{cure}',
  },
  ERR_DI_AMBIGUOUS: {
    message: '{owner} of {module} asks for {token}, which is exported by {first} and by {second}.',
    fix: 'Import only the one that is meant in {module}, or let one of them export it under a token of its own.',
  },
  ERR_DI_CYCLE: {
    message: 'These providers need each other: {path}.',
    fix: 'Move what they share into a third class, or let one of them receive the other by a method call.',
  },
  ERR_DI_CAPTIVE: {
    message:
      '{owner} lives as long as the {ownerLifetime}, but asks for {token}, which lives only as long as the {tokenLifetime}.',
    fix: 'Give {owner} the lifetime "{tokenLifetime}", or take {token} as a parameter of the method that needs it.',
  },
  ERR_DI_TYPE_ERASED: {
    message: 'Parameter {index} of {owner} has no type at run time: {seen}.',
    fix: 'Import the class as a value (not with "import type"), keep "emitDecoratorMetadata" on, or name the token with @Inject(Token); where files import each other, with @Inject(() => Token).',
  },
  ERR_DI_NOT_INJECTABLE: {
    message: '{owner} takes constructor parameters but carries no decorator, so their types are unknown.',
    fix: 'Put @Injectable() above class {owner}.',
  },
  ERR_DI_TSYRINGE: {
    message: '{owner} has {problem}.',
    fix: '{cure}',
  },
  ERR_MODULE_NOT_A_MODULE: {
    message: '{owner} is {place}, but carries no @McpModule.',
    fix: '{cure}',
  },
  ERR_MODULE_EXPORT: {
    message: '{module} exports {exported}, which it {problem}.',
    fix: 'Add {exported} to the {list} of {module}, or take it out of its exports.',
  },
  ERR_MODULE_ENTRY: {
    message: '{seen} in "{field}" of {module} is not what that list holds.',
    fix: '{expected}',
  },
  ERR_LIFESPAN_SHAPE: {
    message: '{owner} is listed as a lifespan but {problem}.',
    fix: 'Put @Lifespan(Token) above the class and give it a method "async *open() { yield value; }".',
  },
  ERR_LIFESPAN_TWICE: {
    message: '{token} of {module} is opened twice: by {first} and by {second}.',
    fix: 'Name a token of its own in the @Lifespan of one, or take one out of the lifespans of {module}.',
  },
  ERR_LIFESPAN_FAILED: {
    message: '{owner} could not be opened: {reason}.',
    fix: 'See the cause below. What had been opened before it has been closed again.',
  },
  ERR_PROVIDER_FAILED: {
    message: '{token} of {module} could not be made: {reason}.',
    fix: 'See the cause below. What had been opened before it has been closed again.',
  },
  ERR_PROVIDER_PROMISE: {
    message: '{token} is made by a promise, which nobody waits for at the lifetime "{lifetime}".',
    fix: 'Give it the lifetime "app", or provide what makes the value and wait for it in the method.',
  },
  // config
  ERR_CONFIG_CLASS: {
    message: '{where} cannot be read from the environment: {problem}.',
    fix: '{cure}',
  },
  ERR_CONFIG_INVALID: {
    message: '{owner} could not be read from the environment:\n{list}',
    fix: 'Set these variables for the process that runs the server.',
  },
  ERR_CONFIG_FILE: {
    message: '{file}, from which {owner} is read, could not be opened: {reason}.',
    fix: 'Make it a file that the server may read, or leave it out: ConfigModule.forRoot({owner}).',
  },
  // storage
  ERR_STORAGE_OPEN: {
    message: '{store} could not be opened: {reason}.',
    fix: '{cure}',
  },
  ERR_STORAGE_KEY: {
    message: 'EncryptedStore cannot seal anything: {problem}.',
    fix: 'Set {variable} for the process that runs the server; EncryptedStore.generateKey() makes a key: node -e "console.log(crypto.randomBytes(32).toString(\'base64url\'))".',
  },
  ERR_STORAGE_ABILITY: {
    message: '{consumer} needs a store that can {ability}, which {store} cannot.',
    fix: 'Give it one that can: MemoryStore, DiskStore, RedisStore or another that extends AtomicStore.',
  },
  ERR_STORAGE_LIBRARY: {
    message: '{store} needs the package "{library}", which is not installed.',
    fix: 'Run: npm install {library}',
  },
  // components
  ERR_COMPONENT_DUPLICATE: {
    message: 'Two {kind}s are named "{name}": {first} and {second}.',
    fix: 'Give one another name or URI in its decorator, or say in the module which stays: onDuplicate.',
  },
  ERR_OPTION_UNKNOWN: {
    message: '{owner} does not know the option "{option}".',
    fix: '{suggestion}',
  },
  ERR_OPTION_VALUE: {
    message: 'The option "{option}" of {owner} is {seen}.',
    fix: 'Give it {expected}.',
  },
  ERR_TOOL_NAME: {
    message: '{method} has the tool name "{name}", which clients refuse.',
    fix: 'Use 1 to 128 characters out of A-Z a-z 0-9 _ - and the dot: @Tool({ name: "…" }).',
  },
  ERR_TOOL_HEADER: {
    message: '{method} has the argument "{argument}" repeated in the header "{header}", but {problem}.',
    fix: '{cure}',
  },
  ERR_RESOURCE_URI: {
    message: '{method} has the resource URI "{uri}": {problem}.',
    fix: 'Write a URI like data://config, or a template like {example}.',
  },
  ERR_RESOURCE_VARIABLES: {
    message: '{method} and its URI "{uri}" do not fit: {problem}.',
    fix: '{cure}',
  },
  ERR_RESOURCE_PATH: {
    message: 'The resource {name} has the path "{path}", which depends on where the program is started.',
    fix: 'Make it absolute: fileURLToPath(new URL("{path}", import.meta.url)).',
  },
  ERR_CACHE_HINT: {
    message: '{where} lets clients keep what they are given for {seen}, which is no time.',
    fix: 'Give ttlMs in whole milliseconds, 0 or more, and with it the scope "public" or "private".',
  },
  ERR_COMPLETE_TARGET: {
    message: '{method} completes an argument of "{target}", {problem}.',
    fix: '{cure}',
  },
  ERR_HANDLER_EMPTY: {
    message: '{owner} is listed as a handler but none of its methods is decorated.',
    fix: 'Decorate a method with @Tool(), @Resource(uri) or @Prompt(), or move {owner} to the providers.',
  },
  ERR_HANDLER_TWICE: {
    message: '{owner} is listed as a handler twice: in {first} and in {second}.',
    fix: '{cure}',
  },
  ERR_PARAM_NO_SOURCE: {
    message: 'Parameter {index} of {method}{name} has no source: {seen}.',
    fix: '{cure}',
  },
  ERR_PARAM_NAME_LOST: {
    message:
      'The name of parameter {index} of {method} cannot be read: the method is not the one its class has in its text, as where another decorator has replaced it.',
    fix: "Write the name before it: @Arg('name').",
  },
  ERR_BUILD_LOST: {
    message: '{owner} has lost in the build: {lost}. The cause: {cause}.',
    fix: 'Write it into the code: {code}. Or {setting}.',
  },
  ERR_PARAM_CONFLICT: {
    message: '{method} has contradicting parameters: {problem}.',
    fix: 'Take all arguments with one @Args() parameter, or each with its own parameter.',
  },
  ERR_ENTRY_POINT_DUPLICATE: {
    message: '{first} and {second} are both {decorator} {key}.',
    fix: 'Change what {decorator} says on one of them, or remove it.',
  },
  ERR_DECORATOR_MISUSE: {
    message: '{decorator} on {target} {problem}.',
    fix: '{cure}',
  },
  ERR_SCHEMA_TYPE: {
    message: '{where} has a type no JSON Schema can be made of: {seen}.',
    fix: '{cure}',
  },
  ERR_ICON_SOURCE: {
    message: '{where} has the icon {icon}, {problem}.',
    fix: '{cure}',
  },
  ERR_ICON_SIZE: {
    message: '{where} has an icon of the size {size}, which is unknown.',
    fix: 'Say size: "small", "medium" or "large", or with src sizes: ["48x48"] or ["any"].',
  },
  ERR_ICON_FILE: {
    message: '{where} has an icon from the file {path}, {problem}.',
    fix: 'Name a PNG, JPEG, SVG, WebP or GIF of at most 1 MiB: by its whole path, or by new URL("./icon.png", import.meta.url), as relative paths begin where the program was started.',
  },
  ERR_SCHEMA_INVALID: {
    message: '{where} has a schema that cannot be published: {problem}.',
    fix: '{cure}',
  },
  ERR_SCHEMA_DIALECT: {
    message: '{where} has a JSON Schema of the dialect {seen}, which is not served.',
    fix: 'Write it in draft 2020-12, as "$schema" then says or leaves out: what is referred to stands in "$defs", the positions of a list in "prefixItems".',
  },
  ERR_SCHEMA_REFERENCE: {
    message: '{where} has a JSON Schema whose reference "{ref}" {problem}.',
    fix: 'Put what it names into the "$defs" of the schema and refer to "#/$defs/Name". Nothing is ever fetched.',
  },
  ERR_SCHEMA_SIZE: {
    message: '{where} has a JSON Schema with more than {limit}.',
    fix: 'Take it apart: several components with smaller schemas, or a part of it as a plain object whose members are told in words.',
  },
  // middleware
  ERR_MIDDLEWARE_SHAPE: {
    message: '{owner} is listed as middleware but {problem}.',
    fix: 'Put @Middleware() above the class and give it at least one hook: {hooks}.',
  },
  ERR_MIDDLEWARE_FIELD: {
    message: '{owner} has {hook} as a field, which no message would ever reach.',
    fix: 'Make it a method, {hook}({parameters}): chains are made before there is an instance to look at.',
  },
  ERR_MIDDLEWARE_IDLE: {
    message: '{owner} stands on {place}, where none of its hooks is ever asked: {why}.',
    fix: '{cure}',
  },
  ERR_MIDDLEWARE_TWICE: {
    message: '{owner} stands twice among the middleware of {place}, and would run twice for one message.',
    fix: 'Take one of the two out of the list.',
  },
  ERR_MIDDLEWARE_VISIBLE: {
    message: '{hook} {problem}.',
    fix: 'Return true or false at once. What has to be waited for, or asked of the server, is fetched in onRequest and kept for it.',
  },
  ERR_MIDDLEWARE_CALL: {
    message: 'next() in {hook} was handed {seen} in place of a call.',
    fix: 'Hand on next(call.with(params)) to change the parameters for those behind, and next() to change nothing.',
  },
  ERR_MIDDLEWARE_NEXT_TWICE: {
    message: '{hook} called next() more than once for one message.',
    fix: 'Call next() once and keep its result. Only where it has failed may it be called again.',
  },
  ERR_MIDDLEWARE_RESULT: {
    message: '{hook} returned {seen}, which is no result of {method}.',
    fix: 'Return what next() gave, or a result of your own. A missing "return" before next() looks like this.',
  },
  // while a message is answered
  ERR_ASK_PLACE: {
    message: 'A question to the client was asked while {method} was answered.',
    fix: 'Ask while a tool, a resource or a prompt runs: nothing else can wait for a client of this revision.',
  },
  ERR_ELICIT_FORM: {
    message: 'The form {form} cannot be shown to a person: its field "{field}" is {seen}.',
    fix: 'Use strings, numbers, booleans and choices among fixed values, without nesting.',
  },
  ERR_STATE_NO_SESSION: {
    message:
      'State "{key}" belongs to a session, and this caller has none: the revision 2026-07-28 keeps no sessions.',
    fix: 'Authenticate callers (the state is then theirs), take a session handle with @SessionHandle(), or choose { scope: "server" }, which all callers share.',
  },
  ERR_STATE_NO_USER: {
    message: 'State of the user was asked for ({what}), and the caller is anonymous.',
    fix: 'Authenticate callers, or take a session handle with @SessionHandle(), which anonymous callers may have.',
  },
  ERR_STATE_SCOPE: {
    message: 'State "{key}" was asked for with a scope that is none: {seen}.',
    fix: "Say { scope: 'request' }, 'session', 'user' or 'server'; without any it is the session's.",
  },
  ERR_STATE_VALUE: {
    message: 'State "{key}" cannot keep {seen}: what is kept for longer than a request is JSON.',
    fix: "Keep what it is made of, or keep it for the request, with { scope: 'request' }. deleteState() forgets a value.",
  },
  ERR_STATE_FULL: {
    message: 'State of {bytes} bytes was to be kept in one place, and {max} may be.',
    fix: 'Keep large things elsewhere and their names here, or allow more: @McpModule({ state: { maxBytes } }).',
  },
  ERR_STATE_HANDLES: {
    message: 'A caller has {max} session handles and asked for another.',
    fix: 'Let clients end sessions (end_session), or allow more: @McpModule({ state: { maxHandles } }).',
  },
  ERR_CONTEXT_NONE: {
    message:
      'currentContext() found none: it was called outside of any call, or the module does not carry contexts along.',
    fix: 'Set @McpModule({ currentContext: true }) and call it below a handler, or take the Context as a parameter: method(ctx: Context).',
  },
  // running
  ERR_NODE_VERSION: {
    message: 'This is Node.js {found}, and Tenon needs {oldest} or newer.',
    fix: 'Run the server with a newer Node.js: node --version shows which one a shell takes, "command" in the configuration of a client names another.',
  },
  ERR_CONTRACT_DIFFERS: {
    message: 'Clients would see something else than {path} promises:\n\n{diff}\n',
    fix: 'If that is meant, write the file anew, by running the program with --write-contract, and commit it. If not, undo what has changed.',
  },
  ERR_CONTRACT_FILE: {
    message: 'The contract {path} {problem}.',
    fix: 'Write it by running the program with --write-contract, and commit it.',
  },
  ERR_CONTRACT_UNNAMED: {
    message: 'A contract was to be written, but {module} names no file for it.',
    fix: "Name it where the app is created: createApp({module}, { contract: 'mcp.contract.json' }); bootstrap() has the same option.",
  },
  ERR_APP_NOT_STARTED: {
    message: '{use} was used before the app had started.',
    fix: 'Await app.start() first, or fastify.ready() where the app is a plugin; serve(), run() and calls from inside the process start an app by themselves.',
  },
  ERR_CALL_LOOP: {
    message: '{call} stands inside itself, {depth} deep: it is called again by {caller}.',
    fix: 'A middleware goes on with next(), not with a new call of the same; a handler that calls itself has to come to an end.',
  },
  ERR_APP_CLOSED: {
    message: 'The app has been closed and cannot be used again.',
    fix: 'Create a new app with createApp().',
  },
  ERR_SERVE_PORT_IN_USE: {
    message: 'Port {port} on {host} is already in use.',
    fix: 'Try --port {next}, --port 0 for any free port, or stop the process that holds it (lsof -ti:{port}).',
  },
  ERR_SERVE_TRANSPORT: {
    message: 'Unknown transport "{name}".',
    fix: 'Use --transport stdio or --transport http{install}.',
  },
  ERR_SERVE_PATH_TAKEN: {
    message: 'The path {path} of this Fastify app is already served.',
    fix: 'Register mcp(app) once, or under another prefix: fastify.register(mcp(app), { prefix: "/other" }).',
  },
  ERR_SERVE_ROUTE_TAKEN: {
    message: '{method} is to serve {route}, which is served already.',
    fix: 'Give @Route() another path, or register mcp(app) under a prefix of its own.',
  },
  ERR_SERVE_OPTIONS: {
    message: 'These options contradict each other: {options}.',
    fix: '{cure}',
  },
  ERR_SERVE_TRUST_PROXY: {
    message: 'http() was told to trust the proxy {seen}.',
    fix: "Say how many proxies stand before the server, or what addresses they have: trustProxy: 1, or trustProxy: '10.0.0.0/8'.",
  },
  ERR_RUN_OPTION: {
    message: 'The command line has "{seen}", which is not understood.',
    fix: 'Known: --transport stdio|http, --host NAME, --port NUMBER, --path /PATH, --write-contract.',
  },
  // several at once
  ERR_APP_MISTAKES: {
    message: '{module} has {count} mistakes:\n\n{list}',
    fix: 'Each of them names what to change.',
  },
} as const satisfies Record<string, { message: string; fix: string }>;

/** The code of one mistake, as listed in docs/errors.md. */
export type ErrorCode = keyof typeof CODES;

/** Braces around a word; code in a fix has a space behind its brace. */
type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | Placeholders<Rest>
  : never;

/** What must be told about a mistake: a value for each placeholder of its row. */
export type ErrorDetails<C extends ErrorCode> = Record<
  Placeholders<(typeof CODES)[C]['message']> | Placeholders<(typeof CODES)[C]['fix']>,
  string | number
>;
