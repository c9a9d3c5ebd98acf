import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pdfFileName } from '../../src/domain/document-file-name'
import { safeFileName, uploadName } from '../../src/domain/file-name'

const bytes = (text: string) => new TextEncoder().encode(text).byteLength

describe('a safe file name', () => {
  it.each([
    ['Été 2026.pdf', 'Été 2026.pdf'],
    ['Ete\u0301.pdf', 'Et\u00e9.pdf'],
    ['a\u0000b\u001fc\u007f\u0085d.pdf', 'a b c d.pdf'],
    ['invoice\u202efdp.exe', 'invoice-fdp.exe'],
    ['zero\u200bwidth\ufe0f\u3164.pdf', 'zero-width.pdf'],
    ['..\\..\\windows/system32', '-..-windows-system32'],
    ['a／b＼c：d.pdf', 'a-b-c-d.pdf'],
    ['CON', '_CON'],
    ['nul.tar.gz', '_nul.tar.gz'],
    ['com¹ .pdf', '_com¹ .pdf'],
    ['console.pdf', 'console.pdf'],
    ['report. . .', 'report'],
    ['.. .bashrc', 'bashrc'],
    ['\ud800.pdf', '\ufffd.pdf'],
    ['', 'document'],
    ['...', 'document'],
  ])('is made of %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('is short in bytes, keeps its ending and splits no character', () => {
    expect(safeFileName(`${'請'.repeat(200)}.pdf`)).toBe(`${'請'.repeat(65)}.pdf`)
    expect(safeFileName(`${'👩‍👩‍👧'.repeat(100)}.pdf`)).not.toContain('\ufffd')
    expect(safeFileName(`${'q\u0323'.repeat(300)}.pdf`)).toMatch(/^(?:q\u0323)+\.pdf$/)
    expect(bytes(uploadName(`${'𝄞'.repeat(300)}.csv`, 'csv'))).toBeLessThanOrEqual(200)
  })

  it('holds for any text, and is not changed by a second pass', () => {
    const spicy = fc.constantFrom(
      '.',
      ' ',
      '/',
      '\\',
      'CON',
      'lpt1',
      '\u202e',
      '\u0000',
      '\u0301',
      '／',
      '\u200d',
      'pdf',
    )
    const text = fc.array(fc.oneof(spicy, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 60 })
    fc.assert(
      fc.property(text, (parts) => {
        const name = safeFileName(parts.join(''))
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Bidi_Control}\u2028\u2029\\/:*?"<>|]|^[. ]|[. ]$|^$/u)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|$)/i)
        expect(name.normalize('NFC')).toBe(name)
        expect(bytes(name)).toBeLessThanOrEqual(200)
        expect(safeFileName(name)).toBe(name)
        expect(uploadName(name, 'pdf')).toMatch(/\.pdf$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

it('the PDF of a number that Windows reserves, or that begins with a dot, can be saved', () => {
  expect(pdfFileName({ number: 'COM1', kind: 'invoice' })).toBe('_COM1.pdf')
  expect(pdfFileName({ number: '.7', kind: 'invoice' })).toBe('7.pdf')
  expect(pdfFileName({ number: 'INV/2026/0042', kind: 'invoice' })).toBe('INV-2026-0042.pdf')
})

it('the PDF of a number in letters of any script keeps them', () => {
  expect(pdfFileName({ number: 'ΤΙΜ/2026/0042', kind: 'invoice' })).toBe('ΤΙΜ-2026-0042.pdf')
  expect(pdfFileName({ number: '請求書№ 7', kind: 'invoice' })).toBe('請求書-7.pdf')
  expect(pdfFileName({ number: 'Зачёт-9', kind: 'credit_note' })).toBe('Зачёт-9.pdf')
})
