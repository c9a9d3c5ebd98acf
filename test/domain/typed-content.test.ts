import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { typedContent } from '../../src/domain/content-as-typed'
import { computeTotals } from '../../src/domain/totals'
import { readContent, type TypedContent, type TypedLine, withoutBlankLines } from '../../src/domain/typed-content'
import { contentOf, lineOf } from '../support/documents'

const typedLine = (line: Partial<TypedLine> = {}): TypedLine => ({
  id: 'lin_1',
  description: 'Consulting',
  quantity: '1',
  unit: 'HUR',
  unitPrice: '100',
  tax: 'S:20',
  discount: '',
  ...line,
})
const typed = (content: Partial<TypedContent> = {}): TypedContent => ({
  ...typedContent(contentOf(), 'en'),
  lines: [typedLine()],
  ...content,
})
const problems = (content: Partial<TypedContent>, locale = 'en') =>
  readContent(typed(content), locale).problems.map(({ field, reason }) => `${field}: ${reason}`)
const line = (typedAs: Partial<TypedLine>, locale = 'en') =>
  readContent(typed({ lines: [typedLine(typedAs)] }), locale).content.lines[0]

describe('a typed document', () => {
  it('is read in the language it was typed in', () => {
    expect(line({ quantity: '1,5', unitPrice: '1.234,50', discount: '2,5 %' }, 'de')).toMatchObject({
      quantity: '1.5',
      unitPrice: '1234.5',
      discount: { type: 'percent', value: '2.5' },
    })
    expect(line({ discount: '10' })).toMatchObject({ discount: { type: 'amount', value: '10' } })
    expect(line({ tax: 'AE:0' })).toMatchObject({ taxCategory: 'AE', taxRate: '0' })
  })

  it('has one of a thing whose quantity is left empty', () => {
    expect(line({ quantity: '' })).toMatchObject({ quantity: '1' })
  })

  it('names every field and line that is wrong', () => {
    const lines = [
      typedLine({ quantity: 'two', unitPrice: '' }),
      typedLine({ description: 'x'.repeat(2001), unitPrice: '0.1234567' }),
      typedLine({ tax: 'XX:1', unit: '?', discount: '120%' }),
      typedLine({ quantity: '999999999999', unitPrice: '999999' }),
      typedLine({ discount: '-5' }),
    ]
    expect(problems({ lines }).sort()).toEqual([
      'lines.0.quantity: number_invalid',
      'lines.0.unitPrice: price_missing',
      'lines.1.description: text_too_long',
      'lines.1.unitPrice: number_too_many_decimals',
      'lines.2.discount: percent_out_of_range',
      'lines.2.tax: tax_invalid',
      'lines.2.unit: unit_invalid',
      'lines.4.discount: number_negative',
    ])
    expect(problems({ lines: lines.slice(3, 4) })).toEqual(['lines.0.unitPrice: number_too_large'])
  })

  it('names what is wrong outside the lines', () => {
    expect(
      problems({
        currency: 'XYZ',
        language: '<b>',
        issueDate: '2026-02-30',
        paymentTermsDays: '400',
        notes: 'x'.repeat(4001),
      }).sort(),
    ).toEqual([
      'currency: currency_unknown',
      'issueDate: date_invalid',
      'language: language_invalid',
      'notes: text_too_long',
      'paymentTermsDays: terms_out_of_range',
    ])
    expect(problems({ lines: Array.from({ length: 501 }, () => typedLine()) })).toEqual(['lines: too_many_lines'])
  })

  it('names dates in the wrong order', () => {
    expect(problems({ issueDate: '2026-11-24', dueDate: '2026-11-23' })).toEqual(['dueDate: due_before_issue'])
    expect(problems({ supplyTo: '2026-11-24' })).toEqual(['supplyFrom: supply_start_missing'])
    expect(problems({ supplyFrom: '2026-11-24', supplyTo: '2026-11-23' })).toEqual([
      'supplyTo: supply_ends_before_start',
    ])
  })

  it('lets no control character in', () => {
    const { content } = readContent(typed({ orderNumber: 'PO\r\nBcc: x\u0000', notes: 'a\r\nb\u0007' }), 'en')
    expect(content).toMatchObject({ orderNumber: 'PO Bcc: x', notes: 'a\nb' })
  })

  it('loses blank lines, charges and allowances', () => {
    const freight = { type: 'charge', reason: 'Freight', amount: '5.00', tax: 'S:20' }
    const nothing = { type: 'allowance', reason: ' ', amount: '', tax: 'S:20' }
    const blank = typedLine({ description: ' ', unitPrice: '', quantity: '1' })
    const lines = [blank, typedLine(), blank]
    const read = readContent(typed({ lines, adjustments: [nothing, freight] }), 'en')
    const adjustments = [{ type: 'charge', reason: 'Freight', amount: '5', taxRate: '20', taxCategory: 'S' }]
    expect(read.problems).toEqual([])
    expect(withoutBlankLines(read.content)).toMatchObject({ lines: [{ description: 'Consulting' }], adjustments })
  })

  it('names what is wrong with a charge or an allowance', () => {
    const adjustment = { type: 'allowance', reason: 'Loyalty', amount: '5', tax: 'S:20' }
    const of = (change: Partial<typeof adjustment>) => problems({ adjustments: [{ ...adjustment, ...change }] })
    expect(of({})).toEqual([])
    expect(of({ amount: 'five' })).toEqual(['adjustments.0.amount: number_invalid'])
    expect(of({ amount: '-5' })).toEqual(['adjustments.0.amount: number_negative'])
    expect(of({ amount: '999999999999' })).toEqual(['adjustments.0.amount: number_too_large'])
    expect(of({ amount: '120%' })).toEqual(['adjustments.0.amount: percent_out_of_range'])
    expect(of({ amount: 'ten %' })).toEqual(['adjustments.0.amount: number_invalid'])
    expect(of({ tax: 'X:1' })).toEqual(['adjustments.0.tax: tax_invalid'])
    expect(of({ reason: 'x'.repeat(201) })).toEqual(['adjustments.0.reason: text_too_long'])
  })

  it('computes a percentage on the whole from the lines with its tax', () => {
    const lines = [typedLine({ unitPrice: '99,99' }), typedLine({ unitPrice: '20' }), typedLine({ tax: 'S:5.5' })]
    const share = { type: 'allowance', reason: '', amount: '2,5 %', tax: 'S:20.0' }
    const { content, problems } = readContent(typed({ lines, adjustments: [share] }), 'de')
    expect(problems).toEqual([])
    // 119.99 × 2.5 % = 2.99975
    expect(content.adjustments).toEqual([
      { type: 'allowance', reason: '', amount: '3', percent: '2.5', taxRate: '20', taxCategory: 'S' },
    ])
    expect(withoutBlankLines(content).adjustments).toHaveLength(1)
    expect(typedContent(content, 'de').adjustments).toMatchObject([{ amount: '2,5%' }])
  })

  it('taxes only what is taxable', () => {
    expect(problems({ lines: [typedLine({ tax: 'AE:20' })] })).toEqual(['lines.0.tax: tax_invalid'])
  })

  it('has a rate where it is taxable, and no price below zero', () => {
    expect(problems({ lines: [typedLine({ tax: 'S:0' })] })).toEqual(['lines.0.tax: tax_rate_zero'])
    const charge = { type: 'charge', reason: 'Freight', amount: '5', tax: 'S:0' }
    expect(problems({ adjustments: [charge] })).toEqual(['adjustments.0.tax: tax_rate_zero'])
    expect(problems({ lines: [typedLine({ unitPrice: '-0.01' })] })).toEqual(['lines.0.unitPrice: price_negative'])
    expect(problems({ lines: [typedLine({ quantity: '-2' }), typedLine({ unitPrice: '-0' })] })).toEqual([])
  })

  it('begins with a negative quantity where a price was stored below zero', () => {
    const stored = contentOf({ lines: [lineOf({ unitPrice: '-50' }), lineOf({ unitPrice: '-50', quantity: '-2' })] })
    const { content, problems } = readContent(typedContent(stored, 'en'), 'en')
    expect(problems).toEqual([])
    expect(content.lines).toMatchObject([
      { quantity: '-1', unitPrice: '50' },
      { quantity: '2', unitPrice: '50' },
    ])
    expect(computeTotals(content)).toEqual(computeTotals(stored))
  })

  it('keeps the reasons of the categories it uses', () => {
    const taxReasons = { E: { reason: 'medical', text: '' }, AE: { reason: '', text: 'Reverse charge' } }
    const read = (tax: string) =>
      readContent(typed({ lines: [typedLine({ tax })], taxReasons }), 'en').content.taxReasons
    expect(read('E:0')).toEqual([{ category: 'E', reason: 'medical', text: '' }])
    expect(read('AE:0')).toEqual([{ category: 'AE', reason: '', text: 'Reverse charge' }])
    expect(read('S:20')).toBeUndefined()
    expect(
      problems({ lines: [typedLine({ tax: 'AE:0' })], taxReasons: { AE: { reason: 'medical', text: '' } } }),
    ).toEqual(['taxReasons.0: tax_invalid'])
  })

  it('comes back from the form as it was stored, in every language', () => {
    const decimals = (max: number, min = -max) => fc.integer({ min, max }).map((units) => String(units / 1000))
    const lines = fc.array(
      fc.record({
        description: fc.string().map((text) => text.replace(/\p{Cc}/gu, '').trim()),
        quantity: decimals(1_000_000),
        unitPrice: decimals(100_000_000, 0),
        taxRate: fc.constantFrom('20', '5.5', '0.5'),
        discount: fc.constantFrom(
          { type: 'percent', value: '12.5' } as const,
          { type: 'amount', value: '1.5' } as const,
        ),
      }),
    )
    fc.assert(
      fc.property(lines, fc.constantFrom('en', 'fr', 'de', 'it', 'es'), (parts, locale) => {
        const content = contentOf({
          ...{ lines: parts.map(lineOf), currency: 'KWD', supplyFrom: '2026-11-01' },
          adjustments: [
            { type: 'charge', reason: 'Freight', amount: '5.125', taxRate: '5.5', taxCategory: 'S' },
            { type: 'charge', reason: 'Glass', amount: '0', percent: '3.5', taxRate: '19', taxCategory: 'S' },
          ],
        })
        expect(readContent(typedContent(content, locale), locale)).toEqual({ content, problems: [] })
      }),
    )
  })
})
