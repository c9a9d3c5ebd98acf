/** Parses WebAuthn credentials that a page's script writes into a form's field (`PublicKeyCredential.toJSON()`). */
import * as v from 'valibot'

const text = v.pipe(v.string(), v.maxLength(20_000))
const credential = {
  id: text,
  rawId: text,
  type: v.literal('public-key'),
  clientExtensionResults: v.record(text, v.unknown()),
}

/** Parses a passkey that the device has just created. */
export const NewCredential = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: v.optional(v.array(text), []),
  }),
})

/** Parses a challenge that a passkey has signed. */
export const SignedChallenge = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: v.exactOptional(text),
  }),
})

/** Parses a credential; undefined when the field contains none of this schema. */
export function readCredential<T>(schema: v.GenericSchema<unknown, T>, field = ''): T | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(field))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
