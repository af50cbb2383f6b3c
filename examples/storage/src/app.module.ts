import { McpModule } from 'tenon';
import { InviteTools } from './invite.tools.js';
import { NoteTools } from './note.tools.js';
import { storage } from './storage.js';

@McpModule({
  name: 'storage',
  version: '1.0.0',
  storage,
  handlers: [NoteTools, InviteTools],
})
export class AppModule {}
