import { MemoryCounts } from '../../../src/middleware/builtin/memory-counts.js';
import { TokenBucket } from '../../../src/middleware/builtin/token-bucket.js';

test('strangers do not push out the count of a caller who keeps asking', () => {
  const counts = new MemoryCounts(new TokenBucket({ max: 3, windowMs: 60_000, burst: 3 }), 50);
  for (let n = 0; n < 3; n++) expect(counts.take('eager', 1, 0)).toBe(0);
  for (let stranger = 0; stranger < 500; stranger++) {
    counts.take(`stranger ${stranger}`, 1, 0);
    expect(counts.take('eager', 1, 0)).toBeGreaterThan(0);
    expect(counts.size).toBeLessThanOrEqual(50);
  }
});
