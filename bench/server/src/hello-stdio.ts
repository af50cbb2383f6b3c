import { bootstrap, Injectable, McpModule, Tool } from 'tenon';

@Injectable()
class Hello {
  /** Greets someone. */
  @Tool()
  hello(name: string): string {
    return `Hello, ${name}!`;
  }
}

@McpModule({ name: 'hello', version: '1.0.0', handlers: [Hello] })
class HelloModule {}

await bootstrap(HelloModule);
