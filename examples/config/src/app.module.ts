import { ConfigModule, McpModule } from 'tenon';
import { MailTools } from './mail.tools.js';
import { ShopConfig } from './shop-config.js';

@McpModule({
  name: 'config',
  version: '1.0.0',
  // The environment wins over the file; there need not be one.
  imports: [ConfigModule.forRoot(ShopConfig, { file: '.env' })],
  handlers: [MailTools],
})
export class AppModule {}
