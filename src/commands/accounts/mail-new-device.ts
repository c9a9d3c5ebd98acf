import { findPersonById } from '../../db/people'
import { deviceOf } from '../../domain/device'
import { type Language, languageFor } from '../../i18n'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { sendNotice } from '../sends/send-notice'

export interface NewDeviceSignIn {
  userId: string
  userAgent: string | undefined
  /** Language of the browser, if the person has not chosen one. */
  language: Language
}

/** Time after registration in which no mail is sent: the person knows of the first sign-in. */
const FIRST_SIGN_IN_MS = 60_000

/** Warns a person by e-mail of a sign-in on a device that they have not used before. */
export async function mailNewDevice(deps: Deps, { userId, userAgent, language }: NewDeviceSignIn): Promise<void> {
  const at = deps.now()
  const person = await findPersonById(deps.db, userId)
  if (!person || at - person.createdAt < FIRST_SIGN_IN_MS) return
  const link = new URL(routes.sessions, deps.config.APP_URL).href
  await sendNotice(
    deps,
    { kind: 'new_device', device: deviceOf(userAgent), at, timeZone: person.timeZone || 'UTC', link },
    { to: person.email, language: languageFor(person.language || language) },
  )
}
