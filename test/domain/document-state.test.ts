import { describe, expect, it } from 'vitest'
import { amountDue, documentState, documentStates } from '../../src/domain/document-state'

const final = {
  kind: 'invoice',
  status: 'final',
  paidAt: null,
  dueDate: '2026-11-24',
  total: 100,
  credited: 0,
} as const

it.each([
  ['draft', { ...final, status: 'draft' } as const, '2026-12-31'],
  ['open', final, '2026-11-24'],
  ['overdue', final, '2026-11-25'],
  ['open', { ...final, dueDate: '' }, '2026-11-25'],
  ['paid', { ...final, paidAt: 1 }, '2026-11-25'],
  ['overdue', { ...final, credited: 99 }, '2026-11-25'],
  ['credited', { ...final, credited: 100 }, '2026-11-25'],
  ['credited', { ...final, credited: 100, paidAt: 1 }, '2026-11-25'],
  ['open', { ...final, total: 0 }, '2026-11-24'],
  ['issued', { ...final, kind: 'credit_note', dueDate: '' } as const, '2026-11-25'],
  ['paid', { ...final, kind: 'receipt', paidAt: 1, dueDate: '' } as const, '2026-11-25'],
])('is %s', (state, document, today) => {
  expect(documentState(document, today)).toBe(state)
})

describe('what was credited in part', () => {
  it('is said beside the state of what is left', () => {
    expect(documentStates({ ...final, credited: 1 }, '2026-11-25')).toEqual(['overdue', 'partly_credited'])
    expect(documentStates({ ...final, credited: 1, paidAt: 1 }, '2026-11-25')).toEqual(['paid', 'partly_credited'])
    expect(documentStates({ ...final, credited: 100 }, '2026-11-25')).toEqual(['credited'])
  })

  it('is no longer to be paid', () => {
    expect(amountDue({ ...final, credited: 30 })).toBe(70)
    expect(amountDue({ ...final, credited: 100 })).toBe(0)
    expect(amountDue({ ...final, paidAt: 1 })).toBe(0)
    expect(amountDue({ ...final, kind: 'credit_note' })).toBe(0)
  })
})
