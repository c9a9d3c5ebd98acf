import { expect, it } from 'vitest'
import { errorEntry } from '../../src/commands/error-entry'

it('an exception is logged without the parameters of the query that failed', () => {
  const error = new Error('Failed query: select ?\nparams: anna@example.org', {
    cause: new Error('D1_ERROR: no such table'),
  })
  const entry = errorEntry(error)
  expect(JSON.stringify(entry)).not.toContain('anna@')
  expect(entry).toMatchObject({ event: 'error', message: 'Failed query: select ?', cause: 'D1_ERROR: no such table' })
  expect(entry.stack).toMatch(/^at /)
  expect(errorEntry('text')).toEqual({ event: 'error', message: 'text' })
})
