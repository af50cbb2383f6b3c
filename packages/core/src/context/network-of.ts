/** So many of the eight groups of an IPv6 address are given out together: 64 bits. */
const GROUPS = 4;

/**
 * What a stranger has of addresses: one of IPv4, but all that begin alike of IPv6.
 *
 * Whoever is given IPv6 is given a network with more addresses than anything here could count one by one. An IPv4 address that is
 * written as IPv6 stays what it is.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [written = ''] = address.toLowerCase().split('%');
  const [, ofIpv4] = /^::ffff:(\d+(?:\.\d+){3})$/.exec(written) ?? [];
  if (ofIpv4 !== undefined) return ofIpv4;
  const [front = [], back = []] = written.split('::').map((part) => part.split(':').filter(Boolean));
  const left = Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: left }, () => '0'), ...back].slice(0, GROUPS);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
