import { bootstrap, McpModule, Tool } from 'tenon';

class Tools {
  @Tool() ping(): string {
    return 'pong';
  }
}

@McpModule({ name: 'undescribed', version: '1.0.0', handlers: [Tools] })
class AppModule {}

await bootstrap(AppModule);
