import fc from 'fast-check'
import { PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFString } from 'pdf-lib'
import { expect, test } from 'vitest'
import { BUILT_IN_LANGUAGES } from '../../src/domain/languages'
import { translator } from '../../src/i18n'
import { drawDocument } from '../../src/pdf/draw-document'
import { type SnapshotOptions, snapshot } from '../support/document-snapshots'
import { lineOf } from '../support/documents'
import { readPdf } from '../support/read-pdf'

async function draw(options: SnapshotOptions) {
  const { bytes, missing } = await drawDocument(snapshot(options))
  const read = await readPdf(bytes)
  return { ...read, bytes, missing, texts: read.pages.flat().map((text) => text.replaceAll('\u00a0', ' ')) }
}

test('an invoice says who, what, when and how much', async () => {
  const { texts, pages, missing } = await draw({ lines: 2 })
  expect(pages).toHaveLength(1)
  expect(missing).toEqual([])
  for (const expected of [
    'Atelier Lumière',
    'Harbour & Finch Ltd',
    'BS1 4QA',
    'United Kingdom',
    'Invoice INV-2026-0042',
    'Nov 24, 2026',
    'Dec 24, 2026',
    'GB987654321',
    'Printed folder, A5, 170 g/m²',
    '59.92',
    '479.36',
    'hours',
    '€652.89',
    'DE89 3704 0044 0532 0130 00',
    'Page 1 of 1',
  ])
    expect(texts).toContain(expected)
})

test.each(BUILT_IN_LANGUAGES)('the labels of an invoice are in its language: %s', async (language) => {
  const t = translator(language)
  const { texts, missing } = await draw({ language, lines: 3 })
  expect(missing).toEqual([])
  expect(texts).toContain(`${t('document.kind.invoice')} INV-2026-0042`)
  expect(texts).toContain(t('document.total'))
  expect(texts).toContain(t('document.page', { page: 1, pages: 1 }))
})

test('a language without labels has English ones, and dates and numbers of that language', async () => {
  const { texts } = await draw({ language: 'pl-PL' })
  expect(texts).toContain('Invoice INV-2026-0042')
  expect(texts).toContain('24 gru 2026')
  expect(texts).toContain('4 746,40 €')
})

test('a language in a script that the fonts lack has English dates and numbers', async () => {
  for (const language of ['ar-EG', 'ja', 'hi', 'no language at all'])
    expect((await draw({ language })).missing).toEqual([])
})

test('Polish, Greek and Bulgarian are drawn as they are written', async () => {
  for (const [language, name] of [
    ['pl', 'Łódzka Spółka Świetlna Żółw sp. z o.o.'],
    ['el', 'Παπαδόπουλος Ανώνυμη Εταιρεία'],
    ['bg', 'Юлия Щерева и Съдружие ООД'],
  ] as const) {
    const { texts, missing } = await draw({ language })
    expect(texts).toContain(name)
    expect(missing).toEqual([])
  }
})

test('a character that no font has is replaced visibly and reported once', async () => {
  const { texts, missing } = await draw({
    buyer: { name: 'Ana 👩‍🚀👍🏽 王 שלום' },
    content: { notes: '王 again, and 1️⃣' },
  })
  expect(texts).toContain('Ana □□ □ □□□□')
  expect(texts).toContain('□ again, and 1□')
  expect(missing).toEqual(['👩‍🚀', '👍🏽', '王', 'ש', 'ל', 'ו', 'ם', '1️⃣'])
})

test('accents are composed, control characters removed, narrow spaces drawn as no-break spaces', async () => {
  const { pages, missing } = await draw({ buyer: { name: 'Rene\u0301\u0000\u200b\u00ad Ro\u0308\u202f1\u20092' } })
  expect(pages.flat()).toContain('René Rö\u00a01\u00a02')
  expect(missing).toEqual([])
})

test('only the slices that a document uses are embedded, and a page stays small', async () => {
  const latin = await draw({ language: 'de', lines: 5 })
  expect(latin.fonts).toHaveLength(2)
  expect(latin.bytes.length).toBeLessThan(26 * 1024)
  expect((await draw({ language: 'el', lines: 5 })).fonts).toHaveLength(3)
})

test('a font has the outlines of the glyphs that are drawn, with what they are made of, and of no others', async () => {
  const sizes = new Map<string, number>()
  for (const name of ['Ana', 'Anä', 'Aña']) {
    for (const font of fontFiles((await draw({ buyer: { name }, lines: 1 })).file)) {
      expect(sumOfWords(font)).toBe(0xb1b0afba)
      expect(font.getUint32(GLYF_RECORD + 8) + font.getUint32(GLYF_RECORD + 12)).toBe(font.byteLength)
      sizes.set(name, Math.max(sizes.get(name) ?? 0, font.byteLength))
    }
  }
  // « ä » is « a » and a dieresis, which « n » and tilde don't bring.
  expect(sizes.get('Anä')).toBeGreaterThan(sizes.get('Ana') ?? 0)
  expect(sizes.get('Aña')).toBeGreaterThan(sizes.get('Ana') ?? 0)
})

/** Where the directory of a TrueType file says where `glyf` begins and how long it is. */
const GLYF_RECORD = 12

const fontFiles = (file: PDFDocument): DataView[] =>
  file.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFRawStream && object.dict.has(PDFName.of('Length1')) ? [object.getContents().slice()] : [],
    )
    .map(({ buffer }) => new DataView(buffer))

function sumOfWords(file: DataView): number {
  let sum = 0
  for (let at = 0; at < file.byteLength; at += 4) sum = (sum + file.getUint32(at)) >>> 0
  return sum
}

test('the same snapshot gives the same bytes, another snapshot others', async () => {
  const first = await drawDocument(snapshot({ lines: 40 }))
  expect(Buffer.compare((await drawDocument(snapshot({ lines: 40 }))).bytes, first.bytes)).toBe(0)
  expect(Buffer.compare((await drawDocument(snapshot({ lines: 40, seed: 1 }))).bytes, first.bytes)).not.toBe(0)
})

test('every page of a long invoice repeats the head and the seller’s legal data, and is numbered', async () => {
  const { pages } = await draw({ lines: 780 })
  expect(pages.length).toBeGreaterThanOrEqual(28)
  for (const [i, page] of pages.entries()) {
    expect(page).toContain('Description')
    expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
    expect(page.join()).toContain('VAT ID DE123456789')
  }
})

test('the totals are never without a line above them, whatever the number of lines', async () => {
  for (let lines = 8; lines < 40; lines++) {
    const { pages } = await draw({ lines, language: 'de' })
    const last = pages.findIndex((page) => page.includes('Gesamtbetrag'))
    expect(pages[last]).toContain('Beschreibung')
    expect(pages[last]).toContain('Steuersatz')
  }
})

test('a description longer than a page is split, no word of it is lost, and two lines stay with the totals', async () => {
  const words = Array.from({ length: 1_500 }, (_, i) => `word${i}`)
  const { pages } = await draw({ content: { lines: [lineOf({ description: words.join(' ') })] } })
  const found = pages.flat().join(' ')
  for (const word of words) expect(found).toContain(word)
  const last = pages.find((page) => page.includes('Total')) ?? []
  expect(last.filter((text) => text.startsWith('word')).length).toBeGreaterThanOrEqual(2)
})

test('the line above the buyer shows the return address, however long the seller’s name is', async () => {
  const legalName =
    'Gesellschaft für außergewöhnlich lange Firmennamen und deren Darstellung auf Rechnungen mit beschränkter Haftung'
  const short = await draw({ seller: { legalName, tradingName: 'Lumière' } })
  expect(short.texts).toContain('Lumière · Schanzenstraße 12 · 20357 Hamburg')
  const long = await draw({ seller: { legalName, tradingName: '' } })
  expect(long.texts).toContain('Schanzenstraße 12 · 20357 Hamburg')
})

test('a word longer than a line is broken', async () => {
  const word = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(5)
  const { pages } = await draw({ content: { lines: [lineOf({ description: word })] } })
  expect(pages.flat().join('')).toContain(word)
})

test('tax rates that fill several pages are all shown', async () => {
  const lines = Array.from({ length: 150 }, (_, i) => lineOf({ taxRate: String(i / 4) }))
  const { texts } = await draw({ content: { lines } })
  for (const { taxRate } of lines)
    expect(texts.filter((text) => text === `${taxRate}%`).length).toBeGreaterThanOrEqual(2)
})

test.each([
  ['JPY', '1235', '1,235', '¥1,482'],
  ['EUR', '1234.5', '1,234.50', '€1,481.40'],
  ['KWD', '1234.567', '1,234.567', 'KWD 1,481.480'],
])('amounts in %s have the decimals of the currency', async (currency, unitPrice, amount, total) => {
  const { texts } = await draw({ currency, content: { currency, lines: [lineOf({ unitPrice })] } })
  expect(texts).toContain(amount)
  expect(texts).toContain(total)
})

test('discounts, allowances and charges are shown', async () => {
  const tax = { taxRate: '20', taxCategory: 'S' } as const
  const { texts } = await draw({
    content: {
      lines: [
        lineOf({ discount: { type: 'percent', value: '10' } }),
        lineOf({ discount: { type: 'amount', value: '5' } }),
      ],
      adjustments: [
        { type: 'allowance', reason: 'Loyalty', amount: '20', ...tax },
        { type: 'charge', reason: '', amount: '7.50', ...tax },
        { type: 'charge', reason: 'Express', amount: '9.25', percent: '5', ...tax },
      ],
    },
  })
  for (const expected of [
    'Discount 10%',
    'Discount 5.00',
    'Loyalty',
    '-20.00',
    'Surcharge',
    '7.50',
    '5% of 185.00',
    '181.75',
  ])
    expect(texts).toContain(expected)
})

test('a tax category that needs a reason has one', async () => {
  const lines = (['AE', 'K', 'G', 'E', 'O'] as const).map((taxCategory) => lineOf({ taxCategory, taxRate: '0' }))
  const { texts } = await draw({ language: 'de', content: { lines } })
  const t = translator('de')
  for (const reason of ['reverse_charge', 'intra_community', 'export', 'exempt', 'outside_scope'] as const)
    expect(texts).toContain(t(`tax_reason.${reason}`))
  const frozen = await draw({
    taxReasons: [{ category: 'E', code: '', text: 'As it was frozen.' }],
    content: { lines },
  })
  expect(frozen.texts).toContain('As it was frozen.')
})

test('a receipt says paid, and neither when it is due nor where to pay', async () => {
  const { texts } = await draw({
    kind: 'receipt',
    number: 'REC-7',
    dueDate: '',
    paid: { on: '2026-11-24', method: 'card' },
  })
  expect(texts).toContain('Receipt REC-7')
  expect(texts).toContain('Paid on November 24, 2026 (card). No payment is due.')
  expect(texts).not.toContain('Due date')
  expect(texts).not.toContain('IBAN')
})

test('a credit note names the document it credits', async () => {
  const { texts } = await draw({ kind: 'credit_note', refersTo: { number: 'INV-1', issueDate: '2026-10-01' } })
  expect(texts).toContain('For invoice INV-1 of October 1, 2026')
  expect(texts).not.toContain('IBAN')
})

test('every page of a draft and of a test document is marked', async () => {
  for (const page of (await draw({ number: '', language: 'fr', lines: 60 })).pages) expect(page).toContain('BROUILLON')
  for (const page of (await draw({ test: true, lines: 60 })).pages) expect(page).toContain('TEST')
  expect((await draw({ test: true })).texts.join(' ')).toContain('nothing needs to be paid')
  expect((await draw({})).texts).not.toContain('TEST')
})

test('the file is marked as PDF/A-3b in the document’s language, and its links can be followed', async () => {
  const { file, bytes } = await draw({ language: 'fr' })
  expect(Buffer.from(bytes).toString('latin1')).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B')
  expect(file.catalog.lookup(PDFName.of('Lang'), PDFString).asString()).toBe('fr')
  expect(file.getTitle()).toBe('Facture INV-2026-0042')
  const [link] = file.getPage(0).node.Annots()?.asArray() ?? []
  const annotation = file.context.lookup(link, PDFDict)
  expect(String(annotation.get(PDFName.of('F')))).toBe('4')
  expect(annotation.has(PDFName.of('Contents'))).toBe(true)
})

test('no text makes it fail', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 })
  const fields = fc.record({ name: text, note: text, description: text, town: text, number: text, website: text })
  await fc.assert(
    fc.asyncProperty(fields, async ({ name, note, description, town, number, website }) => {
      const address = { lines: [name, note], postcode: number, town, region: '', country: town }
      const { bytes } = await drawDocument(
        snapshot({
          number,
          language: town,
          seller: { legalName: name, tradingName: '', address, website, email: name, iban: number, footer: note },
          buyer: { name, address, vatId: number },
          content: { lines: [lineOf({ description, unit: town })], notes: note, orderNumber: description },
        }),
      )
      await readPdf(bytes)
    }),
    { numRuns: 100 },
  )
})
