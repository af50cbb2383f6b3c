export { type Answers } from './answers.js';
export { CheckingClient, type Version } from './checking-client.js';
export { eachWay } from './each-way.js';
export { overStdio, type StdioOptions } from './over-stdio.js';
export { overHttp, type Served } from './over-http.js';
export { type ProgramOptions } from './program.js';
export { textOf } from './text-of.js';
export { checkWebShop } from './web-shop.js';
