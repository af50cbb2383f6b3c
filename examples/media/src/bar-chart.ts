import { crc32, deflateSync } from 'node:zlib';

const BAR = 8;

/** A bar chart as a PNG in black and white: a bar for each value, as high as the value in pixels. */
export function barChart(values: readonly number[]): Uint8Array {
  const width = values.length * BAR;
  const height = Math.max(...values);
  const rows = Array.from({ length: height }, (_, row) => {
    const bars = values.map((value) => (value >= height - row ? 0x00 : 0xff));
    // A row begins with its filter; a bar of eight pixels is one byte.
    return Buffer.from([0, ...bars]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
