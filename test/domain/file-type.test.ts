import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Bytes } from '../../src/domain/attachment'
import { attachmentDisposition, uploadName } from '../../src/domain/file-name'
import { ACCEPT, fileTypeOf, isCompressed } from '../../src/domain/file-type'
import { base64 } from '../../src/mail/mime-encoding'
import { FILES, zip } from '../support/files'
import { JPEG, plainPng } from '../support/pictures'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the types of files', () => {
  it('are offered by their endings, and compressed only where that saves space', () => {
    expect(ACCEPT).toBe('.pdf,.png,.jpg,.jpeg,.csv,.xlsx,.xml')
    const saved = ['INV-1.PDF', 'logo.jpg', 'a.csv', 'b.xml', 'dlv_1.eml', 'documents.json', 'pdf']
    expect(saved.filter(isCompressed)).toEqual(['INV-1.PDF', 'logo.jpg'])
  })
})

describe('what a file is', () => {
  it.each(Object.entries(FILES))('is known by its content: %s', (type, bytes) => {
    expect(fileTypeOf(bytes)).toBe(type)
  })

  it('is known for pictures and for tables in other alphabets', () => {
    expect(fileTypeOf(plainPng())).toBe('png')
    expect(fileTypeOf(JPEG.grey)).toBe('jpeg')
    expect(fileTypeOf(Uint8Array.from([0xe9, 0x3b, 0x32, 0x0a]))).toBe('csv')
    expect(fileTypeOf(Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0]))).toBe('csv')
    expect(fileTypeOf(utf8('"a;b","c"\n"d","e;f;g"\n'))).toBe('csv')
  })

  it.each([
    [
      'with remarks around',
      '<?xml version="1.0"?>\n<!-- a --><?b c?>\n<order id="1"><line/></order >\n<!-- d --><!---->\n',
    ],
    ['of one element', '<a:order b="c"/>'],
  ])('is known for XML %s', (_, text) => {
    expect(fileTypeOf(utf8(text))).toBe('xml')
  })

  it.each<[string, string, 'xml' | 'csv' | undefined]>([
    ['comments behind the root', `<a></a>${'<!---->'.repeat(100_000)}x`, undefined],
    ['comments without an end', `<a></a>${'<!--->'.repeat(100_000)}x`, undefined],
    ['ends without a beginning', `<a></a>${'-->'.repeat(100_000)}`, undefined],
    ['comments before the root', `${'<!---->\n'.repeat(100_000)}<a/>`, 'xml'],
    ['a long name', `<${'a'.repeat(2_000_000)}>`, undefined],
    ['ends of the root', `<a>${'</a'.repeat(500_000)}`, undefined],
    ['a long blank', `<a></a>${' '.repeat(5_000_000)}`, 'xml'],
    ['a long cell', `"${'a'.repeat(5_000_000)}";b\n1;2\n`, 'csv'],
    ['a cell of quotes', `"${'""'.repeat(2_000_000)}";b\n1;2\n`, 'csv'],
  ])('is detected without delay, whatever the file contains: %s', (_, text, type) => {
    expect(fileTypeOf(utf8(text))).toBe(type)
  })

  it.each([
    ['nothing', utf8('')],
    ['a page', utf8('<!doctype html><html><script>1</script></html>')],
    ['a page as XML', utf8('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>')],
    ['a drawing', utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    ['a drawing with a prefix', utf8('<x:svg xmlns:x="http://www.w3.org/2000/svg"></x:svg>')],
    ['XML that is cut short', utf8('<order><line>')],
    ['a letter', utf8('Dear customer,\nplease find the invoice below.\n')],
    ['a program', Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0])],
    ['a workbook with macros', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin')],
    ['another ZIP', zip('readme.txt')],
    ['half a ZIP', FILES.xlsx.subarray(0, 40)],
  ])('is not supported: %s', (_, bytes) => {
    expect(fileTypeOf(bytes)).toBeUndefined()
  })

  it('breaks on nothing', () => {
    const start = fc.constantFrom(...Object.values(FILES).map((bytes) => [...bytes]), [])
    fc.assert(
      fc.property(start, fc.array(fc.nat(255)), fc.nat(200), (bytes, more, cut) => {
        expect(() => fileTypeOf(Uint8Array.from([...bytes.slice(0, cut), ...more]))).not.toThrow()
      }),
    )
  })
})

describe('the name of an upload', () => {
  it.each([
    ['C:\\fakepath\\Été 2026.PDF', 'pdf', 'Été 2026.pdf'],
    ['../../etc/passwd', 'csv', 'passwd.csv'],
    ['invoice.exe', 'pdf', 'invoice.pdf'],
    ['photo.jpeg', 'jpeg', 'photo.jpeg'],
    ['evil\u202efdp.xml', 'xml', 'evil-fdp.xml'],
    ['.htaccess', 'csv', 'htaccess.csv'],
    ['', 'png', 'document.png'],
    ['a\r\nContent-Type: x', 'xml', 'a Content-Type- x.xml'],
  ] as const)('%j becomes one that can be trusted', (name, type, safe) => {
    expect(uploadName(name, type)).toBe(safe)
  })

  it.each([
    ['INV-1.pdf', 'filename="INV-1.pdf"'],
    ['Été.pdf', `filename="Ete.pdf"; filename*=UTF-8''%C3%89t%C3%A9.pdf`],
    ['ΤΙΜ-2026-0042.pdf', `filename="2026-0042.pdf"; filename*=UTF-8''%CE%A4%CE%99%CE%9C-2026-0042.pdf`],
    ['счёт 7 от мая.pdf', /^filename="7\.pdf"; filename\*=UTF-8''%D1/],
    ['請求書.pdf', /^filename="document\.pdf"; filename\*=UTF-8''%E8/],
    ['50% "x".pdf', /^filename="50_ _x_\.pdf"; filename\*=UTF-8''50%25%20%22/],
  ])('%j is offered under itself, and readably in ASCII', (name, offered) => {
    const [, parameters = ''] = attachmentDisposition(name).split(/^attachment; /)
    if (typeof offered === 'string') expect(parameters).toBe(offered)
    else expect(parameters).toMatch(offered)
  })

  it('never leaves a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const header = attachmentDisposition(uploadName(text, 'pdf'))
        expect(header).toMatch(
          /^attachment; filename="[\x20\x21\x23\x24\x26-\x5b\x5d-\x7e]+"(; filename\*=UTF-8''[\w.!~*%'()-]+)?$/,
        )
        expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
      }),
    )
  })
})

it('computes exactly how many bytes of a mail a file uses', () => {
  fc.assert(
    fc.property(fc.nat(400_000), (length) => {
      const bytes = crypto.getRandomValues(new Uint8Array(Math.min(length, 60_000)))
      const encoded = base64(bytes)
      // The line end after the last line belongs to the boundary that follows.
      expect(base64Bytes(bytes.length)).toBe(encoded.length + (bytes.length > 0 ? 2 : 0))
      expect(Buffer.from(new TextDecoder().decode(encoded), 'base64')).toEqual(Buffer.from(bytes))
    }),
    { numRuns: 40 },
  )
  const large = crypto.getRandomValues(new Uint8Array(65_536))
  const long = new Uint8Array(65_536 * 4).map((_, i) => large[i % 65_536] ?? 0)
  expect(Buffer.from(new TextDecoder().decode(base64(long)), 'base64').equals(Buffer.from(long))).toBe(true)
  expect(
    new TextDecoder()
      .decode(base64(long))
      .split('\r\n')
      .slice(0, -1)
      .every((line) => line.length === 76),
  ).toBe(true)
})
