/** What happens when two components of one kind have one name: it is told, the later stays (`warn` says so), or the earlier. */
export type OnDuplicate = 'error' | 'replace' | 'warn' | 'ignore';
