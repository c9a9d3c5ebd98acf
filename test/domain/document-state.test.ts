import { expect, it } from 'vitest'
import { documentState } from '../../src/domain/document-state'

const final = { status: 'final', paidAt: null, dueDate: '2026-11-24' } as const

it.each([
  ['draft', { ...final, status: 'draft' } as const, '2026-12-31'],
  ['open', final, '2026-11-24'],
  ['overdue', final, '2026-11-25'],
  ['open', { ...final, dueDate: '' }, '2026-11-25'],
  ['paid', { ...final, paidAt: 1 }, '2026-11-25'],
])('is %s', (state, document, today) => {
  expect(documentState(document, today)).toBe(state)
})
