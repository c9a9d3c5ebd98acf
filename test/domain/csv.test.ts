import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BYTE_ORDER_MARK,
  CSV_DELIMITERS,
  csvLine,
  decodeText,
  guardCell,
  guessDelimiter,
  readCsv,
  unguardCell,
} from '../../src/domain/csv'

const nasty = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', ';', '|', ' ', 'é', '＝', '🎨')
const cell = fc.oneof(
  fc.string(),
  fc.array(fc.oneof(nasty, fc.string({ maxLength: 3 })), { maxLength: 6 }).map((parts) => parts.join('')),
)
const delimiters = fc.constantFrom(...CSV_DELIMITERS)
const lf = (text: string) => text.replace(/\r\n?/g, '\n')

it('reads no more records than requested, whatever follows', () => {
  const read = readCsv(`a\n${'yes\n'.repeat(100_000)}"`, ',', 3)
  expect(read.ok && read.value.map(({ cells }) => cells[0])).toEqual(['a', 'yes', 'yes'])
})

describe('the guard against formulas', () => {
  it('lets no cell begin as a formula, and is undone without loss', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r\n]/)
        expect(unguardCell(guardCell(text))).toBe(text)
      }),
    )
  })

  it.each(['=SUM(A1)', '+33 1 23', '-1', '@cmd', '\tx', '\rx', "'=x"])('guards %j', (text) =>
    expect(guardCell(text)).toBe(`'${text}`),
  )

  it.each(['a=b', "'tis", "O'Connor", '', '1-2'])('leaves %j alone', (text) => {
    expect(guardCell(text)).toBe(text)
    expect(unguardCell(text)).toBe(text)
  })
})

describe('what is written', () => {
  it('is read back cell by cell, whatever they hold', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(table, delimiters, (records, delimiter) => {
        // A reader treats a record of blanks only as a blank line.
        const kept = records.filter((cells) => cells.some((text) => text.trim() !== ''))
        const read = readCsv(kept.map((cells) => csvLine(cells, delimiter)).join(''), delimiter)
        if (!read.ok) throw new Error(read.reason)
        expect(read.value.map(({ cells }) => cells.map(unguardCell).map(lf))).toEqual(
          kept.map((cells) => cells.map(lf)),
        )
      }),
    )
  })

  it('numbers records by the line on which they begin', () => {
    const text = 'a;b\r\n"x\r\ny";2\r\n\r\n;\r\n3;4\r\n'
    expect(readCsv(text, ';')).toEqual({
      ok: true,
      value: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['x\ny', '2'] },
        { line: 6, cells: ['3', '4'] },
      ],
    })
  })
})

describe('a file from elsewhere', () => {
  it('may end its lines in any way, even in several', () => {
    for (const text of ['a,b\n1,2', 'a,b\r1,2\r', 'a,b\r\n1,2\n'])
      expect(readCsv(text, ',')).toMatchObject({ value: [{ cells: ['a', 'b'] }, { cells: ['1', '2'] }] })
  })

  it('may have quotes inside cells', () => {
    expect(readCsv('a;b\n12" frame;2\n', ';')).toMatchObject({ value: [{}, { cells: ['12" frame', '2'] }] })
  })

  it('is refused with the line where a quote is never closed', () => {
    expect(readCsv('a;b\n1;2\n"x;y\n3;4', ';')).toEqual({ ok: false, reason: 'csv_quote_open', details: { line: 3 } })
    expect(readCsv('"a;b\n1;2\n', ';')).toEqual({ ok: false, reason: 'csv_quote_open', details: { line: 1 } })
  })

  it.each([
    ['name,email', ','],
    ['name;email;"a,b,c,d"', ';'],
    ['name\temail', '\t'],
    ['name|email', '|'],
    ['name', ','],
    ['', ','],
    ['"first, last";"e-mail"\n1,2,3,4', ';'],
  ])('%j is separated by %j', (text, delimiter) => expect(guessDelimiter(text)).toBe(delimiter))

  const utf16 = (text: string, little: boolean) =>
    Uint8Array.from([...text].flatMap((one) => (little ? [one.charCodeAt(0), 0] : [0, one.charCodeAt(0)])))

  it.each([
    ['utf-8', new TextEncoder().encode('Dupré')],
    ['utf-8', new TextEncoder().encode(`${BYTE_ORDER_MARK}Dupré`)],
    ['windows-1252', Uint8Array.from([0x44, 0x75, 0x70, 0x72, 0xe9])],
    ['utf-16le', Uint8Array.from([0xff, 0xfe, ...utf16('Dupré', true)])],
    ['utf-16be', Uint8Array.from([0xfe, 0xff, ...utf16('Dupré', false)])],
    ['utf-16le', utf16('Dupré', true)],
    ['utf-16be', utf16('Dupré', false)],
  ])('in %s is decoded without its mark', (encoding, bytes) =>
    expect(decodeText(bytes)).toEqual({ text: 'Dupré', encoding }),
  )

  it('never fails to be decoded', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => void decodeText(bytes)))
  })
})
