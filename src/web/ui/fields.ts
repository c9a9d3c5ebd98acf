/** Builds schemas of form fields from those in `form-state.ts` and the rules of the domain. */
import * as v from 'valibot'
import { parseEmailAddress } from '../../domain/email-addresses'
import { ok, type Result } from '../../domain/result'
import { line, refusalMessage, requiredLine } from './form-state'

/** Parses a text by a rule of the domain; a refusal becomes the error under the field. */
export const parsedBy = <T>(parse: (text: string) => Result<T>) =>
  v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
    const result = parse(dataset.value)
    if (result.ok) return result.value
    addIssue({ message: refusalMessage(result) })
    return NEVER
  })

/** Requires one e-mail address, and cleans it. */
export const emailAddress = () => v.pipe(requiredLine(4000), parsedBy(parseEmailAddress))

/** Accepts the known values, as from a select. */
export const oneOf = (known: (value: string) => boolean) =>
  v.pipe(v.optional(v.string(), ''), v.check(known, 'field.invalid'))

/** Parses a line by a rule of the domain; the line may be empty. */
export const optionally = (parse: (text: string) => Result<string>) =>
  v.pipe(
    line(4000),
    parsedBy((typed) => (typed === '' ? ok('') : parse(typed))),
  )
