/**
 * Writes a small sRGB profile for the output intent of PDF/A: ICC.1:2010 (v4.3), matrix and parametric curve of IEC
 * 61966-2-1.
 */

/**
 * Primaries and white adapted to D50, and the matrix that adapted them (Bradford), as in the sRGB profiles of the ICC.
 */
const XYZ = {
  wtpt: [0.9642, 1, 0.8249],
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
}
const ADAPTATION = [1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168]
/** Function type 3: Y = ((X + 0.055) / 1.055)^2.4 above 0.04045, X / 12.92 below. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]

export function srgbProfile(): Buffer {
  const curve = Buffer.concat([Buffer.from('para\0\0\0\0\0\x03\0\0', 'latin1'), fixed(CURVE)])
  const tags: [string, Buffer][] = [
    ['desc', text('sRGB')],
    ['cprt', text('No copyright, use freely')],
    ...Object.entries(XYZ).map(([tag, values]): [string, Buffer] => [tag, element('XYZ ', fixed(values))]),
    ['chad', element('sf32', fixed(ADAPTATION))],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length)
  const bodies: Buffer[] = []
  const offsets = new Map<Buffer, number>()
  let end = 128 + table.length
  tags.forEach(([tag, body], i) => {
    const offset = offsets.get(body) ?? end
    if (!offsets.has(body)) {
      const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)])
      bodies.push(padded)
      offsets.set(body, end)
      end += padded.length
    }
    table.write(tag, 4 + 12 * i, 'latin1')
    table.writeUInt32BE(offset, 8 + 12 * i)
    table.writeUInt32BE(body.length, 12 + 12 * i)
  })
  return Buffer.concat([header(end), table, ...bodies])
}

function header(size: number): Buffer {
  const header = Buffer.alloc(128)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(0x04300000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  // The date is fixed so that every build gives the same bytes.
  for (const [i, part] of [2026, 1, 1, 0, 0, 0].entries()) header.writeUInt16BE(part, 24 + 2 * i)
  header.write('acsp', 36, 'latin1')
  fixed([0.9642, 1, 0.8249]).copy(header, 68)
  return header
}

const element = (type: string, body: Buffer) => Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), body])

/** Encodes a text as one record of multiLocalizedUnicodeType, in English. */
function text(value: string): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt32BE(1, 0)
  head.writeUInt32BE(12, 4)
  head.write('enUS', 8, 'latin1')
  head.writeUInt32BE(2 * value.length, 12)
  head.writeUInt32BE(28, 16)
  return element('mluc', Buffer.concat([head, Buffer.from(value, 'utf16le').swap16()]))
}

/** Encodes numbers as s15Fixed16Number. */
function fixed(values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65536), 4 * i)
  return bytes
}
