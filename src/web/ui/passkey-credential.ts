/** WebAuthn credentials as a page's script writes them into a form's field (`PublicKeyCredential.toJSON()`). */
import * as v from 'valibot'

const text = v.pipe(v.string(), v.maxLength(20_000))
const known = {
  id: text,
  rawId: text,
  type: v.literal('public-key'),
  clientExtensionResults: v.record(text, v.unknown()),
}

/** A key that the device has just made. */
export const NewCredential = v.object({
  ...known,
  response: v.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: v.optional(v.array(text), []),
  }),
})

/** A challenge that a key has signed. */
export const SignedChallenge = v.object({
  ...known,
  response: v.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: v.exactOptional(text),
  }),
})

/** Undefined when the field holds no such credential. */
export function readCredential<T>(schema: v.GenericSchema<unknown, T>, field = ''): T | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(field))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
