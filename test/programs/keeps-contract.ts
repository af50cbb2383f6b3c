import { bootstrap, McpModule, Tool } from 'tenon';

class Tools {
  @Tool({ description: process.env.GREETING ?? '' }) hello(name: string): string {
    return `Hello, ${name}!`;
  }
}

@McpModule({ name: 'keeps-contract', version: '1.0.0', handlers: [Tools] })
class AppModule {}

await bootstrap(AppModule, { contract: process.env.CONTRACT ?? 'mcp.contract.json' });
