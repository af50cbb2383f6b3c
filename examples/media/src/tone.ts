const RATE = 8000;

/** A tone as a WAV: so many hertz for so many seconds. */
export function tone(hertz: number, seconds: number): Uint8Array {
  const samples = Math.round(seconds * RATE);
  const wav = Buffer.alloc(44 + samples, 'RIFF____WAVEfmt ________________________data', 'latin1');
  wav.writeUInt32LE(36 + samples, 4);
  wav.writeUInt32LE(16, 16);
  // One channel of bytes.
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.writeUInt32LE(samples, 40);
  for (let i = 0; i < samples; i++)
    wav.writeUInt8(Math.round(128 + 100 * Math.sin((2 * Math.PI * hertz * i) / RATE)), 44 + i);
  return wav;
}
