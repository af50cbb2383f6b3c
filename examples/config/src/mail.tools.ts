import { Injectable, Tool, ToolError } from 'tenon';
import { ShopConfig } from './shop-config.js';

@Injectable()
export class MailTools {
  constructor(private readonly config: ShopConfig) {}

  /** Writes a letter to customers. */
  @Tool()
  sendLetter(recipients: string, language: string) {
    const { sender, maxRecipients, languages, dryRun } = this.config;
    const to = recipients.split(/\s*,\s*/);
    if (to.length > maxRecipients) throw new ToolError(`A letter goes to ${maxRecipients} people at most`);
    if (!languages.includes(language)) throw new ToolError(`We write in ${languages.join(', ')}`);
    return { from: sender, to, sent: !dryRun };
  }

  /** The settings in force; what is secret is left out wherever a config is sent or logged. */
  @Tool()
  settings(): ShopConfig {
    return this.config;
  }
}
