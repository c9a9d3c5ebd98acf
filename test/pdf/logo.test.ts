import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawDocument } from '../../src/pdf/draw-document'
import { unpackLogoObject } from '../../src/pdf/logo/logo-object'
import { readPng } from '../../src/pdf/logo/png-read'
import { type PreparedLogo, prepareLogo } from '../../src/pdf/logo/prepare-logo'
import { snapshot } from '../support/document-snapshots'
import { channelsOf, JPEG, type PngKind, plainPng, png, turned } from '../support/pictures'
import { readPdf } from '../support/read-pdf'

function prepared(bytes: Uint8Array): PreparedLogo {
  const result = prepareLogo(bytes)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const reason = (bytes: Uint8Array) => {
  const result = prepareLogo(bytes)
  return result.ok ? 'ok' : result.reason
}

const pixels = (bytes: Uint8Array): number[] => [...(readPng(prepared(bytes).image)?.rgba ?? [])]

const KINDS: PngKind[] = [
  ...([1, 2, 4, 8, 16] as const).map((depth): PngKind => ({ colour: 0, depth })),
  ...([8, 16] as const).flatMap((depth) => ([2, 4, 6] as const).map((colour): PngKind => ({ colour, depth }))),
].flatMap((kind) => [kind, { ...kind, interlaced: true }])

/** Converts a sample of a depth to eight bits. */
const toByte = (value: number, depth: number): number =>
  depth === 16 ? value >> 8 : Math.round((value * 255) / (2 ** depth - 1))

function rgbaOf(samples: number[], { colour, depth }: PngKind): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = samples.map((value) => toByte(value, depth))
  if (colour === 0) return [a, a, a, 255]
  if (colour === 4) return [a, a, a, b]
  return [a, b, c, colour === 6 ? d : 255]
}

describe('a PNG', () => {
  it.each(KINDS)('of colour type $colour, $depth bits, interlaced: $interlaced, looks as before', (kind) => {
    const sample = fc.integer({ min: 0, max: 2 ** kind.depth - 1 })
    const size = fc.integer({ min: 1, max: 19 })
    fc.assert(
      fc.property(size, size, fc.array(sample, { minLength: 7, maxLength: 40 }), (width, height, values) => {
        const at = (x: number, y: number) =>
          Array.from({ length: channelsOf(kind) }, (_, i) => values[(y * width + x + i * 3) % values.length] ?? 0)
        const shown = pixels(png(width, height, kind, at))
        const expected = Array.from({ length: width * height }, (_, i) =>
          rgbaOf(at(i % width, Math.floor(i / width)), kind),
        )
        // A fully transparent pixel has no colour.
        const visible = (rgba: number[]) => rgba.map((value, i) => (rgba[i - (i % 4) + 3] === 0 ? 0 : value))
        expect(visible(shown)).toEqual(visible(expected.flat()))
      }),
      { numRuns: 30 },
    )
  })

  it('with a palette, some of it transparent, looks as before', () => {
    const kind = { colour: 3, depth: 2, palette: [255, 0, 0, 0, 255, 0, 0, 0, 255], transparency: [255, 128] } as const
    const shown = pixels(
      png(3, 1, { ...kind, palette: [...kind.palette], transparency: [...kind.transparency] }, (x) => [x]),
    )
    expect(shown).toEqual([255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 255])
  })

  it('with one transparent colour keeps it transparent', () => {
    const shown = pixels(
      png(2, 1, { colour: 2, depth: 8, transparency: [0, 9, 0, 8, 0, 7] }, (x) => (x ? [9, 8, 6] : [9, 8, 7])),
    )
    expect(shown.slice(3)).toEqual([0, 9, 8, 6, 255])
  })

  it('is reduced to the size that print needs, and keeps its proportions', () => {
    const { width, height, image } = prepared(plainPng(1900, 500, { clear: true }))
    expect([width, height]).toEqual([1200, 316])
    expect(readPng(image)?.rgba.slice(-4)).toEqual(new Uint8Array([200, 40, 30, 255]))
  })

  it('gives the same bytes each time', () => {
    expect(prepared(plainPng())).toEqual(prepared(plainPng()))
  })

  it('that is damaged is refused and breaks nothing', () => {
    const whole = plainPng(20, 20, { clear: true })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, change, cut) => {
        const bytes = Uint8Array.from(cut ? whole.subarray(0, at) : whole)
        if (!cut) bytes[at] = (bytes[at] ?? 0) ^ change
        if (cut) expect(reason(bytes)).not.toBe('ok')
        else expect(() => prepareLogo(bytes)).not.toThrow()
      }),
    )
  })

  it('that contains more data than its header says is refused', () => {
    const bomb = png(2000, 2000, { colour: 0, depth: 8 }, () => [0])
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(16, 1)
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(20, 1)
    expect(reason(bomb)).toBe('logo_broken')
  })
})

describe('a JPEG', () => {
  it.each(['colour', 'grey', 'progressive'] as const)('in %s stays unchanged', (name) => {
    const { image, type, width, height } = prepared(JPEG[name])
    expect({ type, width, height }).toEqual({ type: 'image/jpeg', width: 24, height: 8 })
    expect(Buffer.from(image).equals(Buffer.from(JPEG[name]))).toBe(true)
  })

  it('loses its EXIF and whatever follows its end', () => {
    const photo = Buffer.concat([turned(1), Buffer.from('PK\u0003\u0004 something else')])
    expect(Buffer.from(prepared(photo).image).equals(Buffer.from(JPEG.colour))).toBe(true)
  })

  it('in CMYK, turned, cut short or in an encoding that browsers don’t show is refused with the reason', () => {
    expect(reason(JPEG.cmyk)).toBe('logo_cmyk')
    for (let orientation = 2; orientation <= 8; orientation++) expect(reason(turned(orientation))).toBe('logo_turned')
    expect(reason(JPEG.colour.subarray(0, -20))).toBe('logo_broken')
    const frame = Buffer.from(JPEG.colour).indexOf(Buffer.from([0xff, 0xc0]))
    for (const marker of [0xc3, 0xc9]) {
      const other = Uint8Array.from(JPEG.colour)
      other[frame + 1] = marker
      expect(reason(other)).toBe('logo_encoding')
    }
  })

  it('that is damaged never breaks anything', () => {
    fc.assert(
      fc.property(fc.nat(JPEG.colour.length - 1), fc.nat(255), fc.nat(JPEG.colour.length), (at, value, end) => {
        const bytes = Uint8Array.from(turned(1))
        bytes[at] = value
        expect(() => prepareLogo(bytes.subarray(0, end))).not.toThrow()
      }),
    )
  })
})

describe('a file that is too large, empty or no picture', () => {
  it('is refused before it is decoded', () => {
    expect(reason(new Uint8Array())).toBe('file_missing')
    expect(reason(new Uint8Array(1_000_001))).toBe('logo_too_heavy')
    expect(reason(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('logo_type')
    // Only the header: there is nothing to decode.
    expect(reason(png(2001, 1, { colour: 0, depth: 8 }, () => [0]).subarray(0, 40))).toBe('logo_too_large')
    const tall = Uint8Array.from(JPEG.colour)
    const frame = Buffer.from(tall).indexOf(Buffer.from([0xff, 0xc0]))
    tall.set([0x07, 0xd1], frame + 5)
    expect(prepareLogo(tall)).toEqual({
      ok: false,
      reason: 'logo_too_large',
      details: { width: 24, height: 2001, max: 2000 },
    })
  })
})

describe('a document with a logo', () => {
  const draw = (bytes: Uint8Array) => drawDocument(snapshot({ lines: 60 }), unpackLogoObject(prepared(bytes).object))

  it.each([
    ['a transparent PNG', plainPng(300, 100, { clear: true }), true],
    ['a PNG', plainPng(300, 100), false],
    ['a JPEG', JPEG.colour, false],
    ['a grey JPEG', JPEG.grey, false],
  ])('shows it once, from %s, and the seller’s name beside it', async (_, bytes, isTransparent) => {
    const { bytes: file } = await draw(bytes)
    const text = Buffer.from(file).toString('latin1')
    expect(text.match(/\/Subtype \/Image/g)).toHaveLength(isTransparent ? 2 : 1)
    expect(text.includes('/SMask')).toBe(isTransparent)
    const { pages } = await readPdf(file)
    expect(pages.length).toBeGreaterThan(1)
    expect(pages[0]).toContain('Atelier Lumière')
  })

  it('is the same file each time', async () => {
    const logo = plainPng(300, 100, { clear: true })
    expect(Buffer.from((await draw(logo)).bytes).equals(Buffer.from((await draw(logo)).bytes))).toBe(true)
  })
})
