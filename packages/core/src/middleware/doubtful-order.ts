/**
 * What a middleware is to the others in its list, for the warnings of a doubtful order: `errors` handles what those behind it throw;
 * `access` and `limit` refuse; `answers` answers in place of those behind it; `retry` goes on again after a failure.
 */
export type MiddlewareRole = 'errors' | 'access' | 'limit' | 'answers' | 'retry';

interface Placed {
  readonly label: string;
  readonly role?: MiddlewareRole | undefined;
}

/** Which role should not stand outside of which, and what then goes wrong. */
const RULES: readonly {
  readonly outer: MiddlewareRole;
  readonly inner: MiddlewareRole;
  readonly why: (outer: string, inner: string) => string;
}[] = [
  {
    outer: 'answers',
    inner: 'limit',
    why: (outer, inner) => `what ${outer} answers by itself, ${inner} does not count`,
  },
  {
    outer: 'answers',
    inner: 'access',
    why: (outer, inner) => `what ${outer} answers by itself, ${inner} does not check`,
  },
  {
    outer: 'retry',
    inner: 'limit',
    why: (outer, inner) => `what ${inner} refuses, ${outer} tries again, and each try counts`,
  },
];

/** What is doubtful about the order of a chain, a sentence a pair; only pairs whose inner one stands at `from` or behind it. */
export function doubtfulOrder(chain: readonly Placed[], from = 0): readonly string[] {
  return chain.flatMap((inner, place) =>
    place < from
      ? []
      : chain
          .slice(0, place)
          .flatMap((outer) =>
            RULES.filter((rule) => rule.outer === outer.role && rule.inner === inner.role).map(({ why }) =>
              sentence({ outer, inner, why: why(outer.label, inner.label) }),
            ),
          ),
  );
}

/** The same of error handling within one list: what stands outside of it throws past it. */
export function unhandledErrors(list: readonly Placed[]): readonly string[] {
  const [first] = list;
  const handles = list.find(({ role }) => role === 'errors');
  if (!first || !handles || first.role === 'errors') return [];
  const why = `what ${first.label} throws, ${handles.label} does not see`;
  return [sentence({ outer: first, inner: handles, why })];
}

function sentence({ outer, inner, why }: { outer: Placed; inner: Placed; why: string }): string {
  return `${outer.label} stands outside of ${inner.label}: ${why}. List ${inner.label} before ${outer.label}.`;
}
