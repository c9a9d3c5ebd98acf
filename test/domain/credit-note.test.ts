import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditContent, leftToCredit, restContent } from '../../src/domain/credit-note'
import { contentProblems } from '../../src/domain/document-content'
import { computeTotals } from '../../src/domain/totals'
import { anyContent } from '../support/contents'
import { contentOf, lineOf } from '../support/documents'

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const describeTax = (category: string, rate: string) => `Rest (${category} ${rate})`

describe('a credit note', () => {
  it('of everything leaves exactly 0, in the sum and in each tax, whatever the document', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const original = computeTotals(content)
        const credit = computeTotals(creditContent(content, 'fr'))
        expect(original.total - credit.total).toBe(0)
        expect(credit.taxes).toEqual(original.taxes)
      }),
      { numRuns: 500 },
    )
  })

  it('of the rest leaves exactly 0, whatever was credited before', () => {
    fc.assert(
      fc.property(anyContent, fc.array(anyContent, { maxLength: 3 }), (content, others) => {
        const original = computeTotals(content)
        // Credit notes are in the currency of their document.
        const before = others.map((other) => computeTotals({ ...other, currency: content.currency }))
        const rest = restContent(content, {
          ...{ language: 'fr', charged: original.taxes, describeTax },
          credited: before.map(({ taxes }) => taxes),
        })
        const left = original.total - sum(before.map(({ total }) => total))
        expect(computeTotals(rest).total).toBe(left)
        expect(contentProblems(rest)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('credits by current rules what was issued before they were checked', () => {
    const old = contentOf({
      lines: [lineOf({ unitPrice: '80' }), lineOf({ unitPrice: '-30', taxRate: '0' })],
      adjustments: [{ type: 'charge', reason: '', amount: '5', taxRate: '0', taxCategory: 'S' }],
    })
    const charged = computeTotals(old)
    const rest = restContent(old, { language: 'fr', charged: charged.taxes, credited: [], describeTax })
    for (const credit of [creditContent(old, 'fr'), rest]) {
      expect(contentProblems(credit)).toEqual([])
      expect(computeTotals(credit)).toMatchObject({ total: charged.total, tax: charged.tax })
    }
  })

  it('has the lines and references of its document, and a date of its own', () => {
    const content = contentOf({
      ...{
        issueDate: '2026-01-02',
        dueDate: '2026-02-02',
        orderNumber: 'PO 7',
        notes: 'Thank you',
        paidOn: '2026-01-02',
      },
      ...{ pricesIncludeTax: true, lines: [lineOf({ discount: { type: 'percent', value: '10' } })] },
    })
    expect(creditContent(content, 'fr')).toEqual(
      contentOf({
        ...{ orderNumber: 'PO 7', language: 'fr', paymentTermsDays: 0, pricesIncludeTax: true },
        lines: [lineOf({ discount: { type: 'percent', value: '10' } })],
      }),
    )
  })

  it('may credit what is left of an issued invoice or receipt, and nothing of others', () => {
    const issued = { kind: 'invoice', status: 'final', total: 100, credited: 30 } as const
    expect(leftToCredit(issued)).toBe(70)
    expect(leftToCredit({ ...issued, kind: 'receipt' })).toBe(70)
    expect(leftToCredit({ ...issued, credited: 100 })).toBe(0)
    expect(leftToCredit({ ...issued, total: -5, credited: 0 })).toBe(0)
    expect(leftToCredit({ ...issued, status: 'draft' })).toBe(0)
    expect(leftToCredit({ ...issued, kind: 'credit_note' })).toBe(0)
  })
})
