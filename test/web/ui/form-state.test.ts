import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { refuse } from '../../../src/domain/result'
import { translator } from '../../../src/i18n'
import { parsedBy } from '../../../src/web/ui/fields'
import { checkbox, flatten, line, parseForm, requiredLine, unflatten } from '../../../src/web/ui/form-state'

const t = translator('en')

describe('the values of a form', () => {
  it('become arrays where their names count rows, and rows that were removed leave no holes', () => {
    const typed = { note: 'n', 'lines.0.text': 'a', 'lines.2.text': 'c', 'lines.10.text': 'k' }
    expect(flatten(unflatten(typed))).toEqual({
      note: 'n',
      'lines.0.text': 'a',
      'lines.1.text': 'c',
      'lines.2.text': 'k',
    })
  })

  it('come back as they were, for any rows of texts', () => {
    const rows = fc.array(fc.record({ a: fc.string(), b: fc.string() }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(rows, (lines) => {
        const typed = flatten({ lines })
        expect(flatten(unflatten(typed))).toEqual(typed)
      }),
    )
  })

  it('nest no deeper than a form does', () => {
    expect(unflatten({ [`${'a.'.repeat(5000)}b`]: 'x', 'a.b.c': 'y' })).toEqual({ a: { b: { c: 'y' } } })
  })

  it('never reach the prototype of anything', () => {
    unflatten({ '__proto__.polluted': 'yes', 'constructor.prototype.polluted': 'yes' })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('a form that is parsed', () => {
  const Form = v.object({
    name: requiredLine(5),
    note: line(),
    ticked: checkbox(),
    lines: v.array(v.object({ text: requiredLine() })),
  })

  it('gives clean values', () => {
    const parsed = parseForm(Form, { name: ' A\u00a0 b ', ticked: 'on', 'lines.3.text': 'x' }, t)
    expect(parsed).toMatchObject({ ok: true, value: { name: 'A b', note: '', ticked: true, lines: [{ text: 'x' }] } })
  })

  it('returns the typed values and a sentence for each invalid field', () => {
    const parsed = parseForm(Form, { name: 'too long', 'lines.0.text': ' ' }, t)
    expect(parsed).toEqual({
      ok: false,
      values: { name: 'too long', 'lines.0.text': ' ' },
      errors: { name: 'This is too long.', 'lines.0.text': 'This field is required.' },
    })
  })

  it('shows the refusals of the domain with their details', () => {
    const Refusing = v.object({
      vat: v.pipe(
        line(),
        parsedBy(() => refuse('vat_id_format', { prefix: 'FR' })),
      ),
    })
    const parsed = parseForm(Refusing, { vat: 'x' }, t)
    expect(parsed).toMatchObject({ ok: false, errors: { vat: expect.stringContaining('beginning with FR') } })
  })

  it('has a sentence for values that no person can type', () => {
    const parsed = parseForm(v.object({ kind: v.picklist(['a']) }), { kind: 'b' }, t)
    expect(parsed).toMatchObject({ errors: { kind: 'This value is not valid.' } })
  })
})
