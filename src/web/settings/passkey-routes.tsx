/** Adds and removes passkeys, which replace the mailed sign-in link. The device's responses come as form fields. */
import { type Context, Hono } from 'hono'
import { mailNewPasskey } from '../../commands/accounts/mail-new-passkey'
import { cleanLine } from '../../domain/text'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { freshSignIn } from '../sign-in/fresh-sign-in'
import { afterResponse } from '../ui/after-response'
import { readForm } from '../ui/form-state'
import { flash } from '../ui/notice'
import { NewCredential, readCredential } from '../ui/passkey-credential'
import type { Passkey } from './passkeys'

const NAME_LENGTH = 60

export const passkeySettings = new Hono<AccountEnv>()

/** Returns a challenge. Responds 403 without a fresh sign-in, so that a stolen session can't add a passkey. */
passkeySettings.post(routes.passkeyChallenges, (c) =>
  c.var.auth.api.generatePasskeyRegistrationOptions({ headers: c.req.raw.headers, asResponse: true }),
)

/** Asks for a fresh sign-in before the form is shown, since the page that asks can't keep a device's signature. */
passkeySettings.post(routes.freshSignIn, async (c) => {
  const asked = await freshSignIn(c, { typed: await readForm(c), back: routes.personalSettings })
  return asked ?? c.redirect(routes.personalSettings, 303)
})

passkeySettings.post(routes.passkeys, async (c) => {
  const { credential, passkeyName = '' } = await readForm(c)
  const response = readCredential(NewCredential, credential)
  const body = { response, name: cleanLine(passkeyName).slice(0, NAME_LENGTH) }
  const { headers } = c.req.raw
  const verified = response && (await c.var.auth.api.verifyPasskeyRegistration({ body, headers, asResponse: true }))
  const { deps, signedIn, language } = c.var
  if (verified?.ok) afterResponse(c, mailNewPasskey(deps, { userId: signedIn.userId, name: body.name, language }))
  flash(c, verified?.ok ? 'notice.passkey_added' : 'problem.passkey_not_added')
  return c.redirect(routes.personalSettings, 303)
})

/** Removes a passkey. The response is the same if it is gone already or belongs to another person. */
passkeySettings.post(routes.passkeyRemoval, async (c) => {
  const typed = await readForm(c)
  const asked = await freshSignIn(c, { typed, back: routes.personalSettings })
  if (asked) return asked
  const { id = '' } = typed
  await c.var.auth.api.deletePasskey({ body: { id }, headers: c.req.raw.headers, asResponse: true })
  flash(c, 'notice.passkey_removed')
  return c.redirect(routes.personalSettings, 303)
})

export async function passkeysOf(c: Context<AccountEnv>): Promise<Passkey[]> {
  const passkeys = await c.var.auth.api.listPasskeys({ headers: c.req.raw.headers })
  return passkeys.map(({ id, name, createdAt }) => ({ id, name: name ?? '', createdAt: createdAt.getTime() }))
}
