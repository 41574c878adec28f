// A PNG of Chromium (8 bits, RGB or RGBA, not interlaced) as one with a palette: pictures of text
// become a third of their size. Format: W3C Portable Network Graphics, chunks and filters.
import { crc32 as zlibCrc, deflateSync, inflateSync } from 'node:zlib';

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc = zlibCrc || ((bytes) => {                   /* Node 18 has none of its own */
  let c = 0xffffffff;
  for (const b of bytes) c = TABLE[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
});

function* chunks(png) {
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function paeth(left, up, corner) {
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/* The samples of all rows, without their filters. */
function pixels(raw, width, height, bytes) {
  const row = width * bytes;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x >= bytes ? out[y * row + x - bytes] : 0;
      const up = y ? out[(y - 1) * row + x] : 0;
      const corner = y && x >= bytes ? out[(y - 1) * row + x - bytes] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[y * row + x] = raw[y * (row + 1) + 1 + x] + guess;
    }
  }
  return out;
}

/* Nearly equal colours are one: 5 bits of each channel. The 256 most frequent stay. */
function palette(samples, bytes) {
  const seen = new Map();
  for (let i = 0; i < samples.length; i += bytes) {
    const key = (samples[i] >> 3) << 10 | (samples[i + 1] >> 3) << 5 | samples[i + 2] >> 3;
    seen.set(key, (seen.get(key) || 0) + 1);
  }
  const keys = [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([key]) => key);
  const parts = (key) => [key >> 10, (key >> 5) & 31, key & 31];
  const kept = keys.slice(0, 256).map(parts);
  const index = new Map();
  for (const key of keys) {
    const wanted = parts(key);
    let best = 0;
    let least = Infinity;
    kept.forEach((colour, i) => {
      const far = colour.reduce((sum, v, k) => sum + (v - wanted[k]) ** 2, 0);
      if (far < least) [best, least] = [i, far];
    });
    index.set(key, best);
  }
  return { colours: Buffer.from(kept.flat().map((v) => Math.round(v * 255 / 31))), index };
}

export function squeeze(png) {
  const all = [...chunks(png)];
  const head = all[0].data;
  const [width, height, bytes] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(all.filter((c) => c.type === 'IDAT').map((c) => c.data)));
  const samples = pixels(raw, width, height, bytes);
  const { colours, index } = palette(samples, bytes);
  const rows = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = samples.subarray(i * bytes, i * bytes + 3);
    rows[Math.floor(i / width) * (width + 1) + 1 + i % width] =
      index.get((r >> 3) << 10 | (g >> 3) << 5 | b >> 3);
  }
  const ihdr = Buffer.from(head);
  ihdr.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', ihdr), chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
