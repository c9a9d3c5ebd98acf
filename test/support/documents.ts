/** Makes contents, buyers and sellers. A test passes only what it is about. */
import type { DocumentContent, Line } from '../../src/domain/document'
import { emptyContent } from '../../src/domain/new-content'

export const lineOf = (line: Partial<Line> = {}): Line => ({
  id: 'lin_1',
  description: 'Consulting',
  quantity: '1',
  unit: 'C62',
  unitPrice: '100',
  taxRate: '20',
  taxCategory: 'S',
  ...line,
})

export const contentOf = (content: Partial<DocumentContent> = {}): DocumentContent => ({
  ...emptyContent('EUR'),
  lines: [lineOf()],
  paymentTermsDays: 30,
  ...content,
})
