/** Whether a value has the form of an answer to a question of this method. */
export function isAnswer(method: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const answer = value as Record<string, unknown>;
  switch (method) {
    case 'elicitation/create':
      return isElicitation(answer);
    case 'sampling/createMessage':
      return typeof answer.role === 'string' && typeof answer.content === 'object' && answer.content !== null;
    case 'roots/list':
      return Array.isArray(answer.roots);
    default:
      return false;
  }
}

function isElicitation({ action, content }: Record<string, unknown>): boolean {
  if (action === 'decline' || action === 'cancel') return true;
  if (action !== 'accept') return false;
  return (
    content === undefined || (typeof content === 'object' && content !== null && !Array.isArray(content))
  );
}
