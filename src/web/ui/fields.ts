/** Bricks for the schemas of forms, on top of those in `form-state.ts`. */
import * as v from 'valibot'
import { parseEmailAddress } from '../../domain/email-addresses'
import { ok, type Result } from '../../domain/result'
import { line, refusalMessage, requiredLine } from './form-state'

/** What a rule of the domain makes of the text; its refusal becomes the sentence under the field. */
export const ruled = <T>(parse: (text: string) => Result<T>) =>
  v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
    const result = parse(dataset.value)
    if (result.ok) return result.value
    addIssue({ message: refusalMessage(result) })
    return NEVER
  })

/** One address, cleaned; it must be there. */
export const emailAddress = () => v.pipe(requiredLine(4000), ruled(parseEmailAddress))

/** One of these, as from a select. */
export const oneOf = (known: (value: string) => boolean) =>
  v.pipe(v.optional(v.string(), ''), v.check(known, 'field.invalid'))

/** A line that may stay empty; otherwise what a rule makes of it. */
export const optionally = (parse: (text: string) => Result<string>) =>
  v.pipe(
    line(4000),
    ruled((typed) => (typed === '' ? ok('') : parse(typed))),
  )
