import { findPersonById } from '../../db/people'
import { type Language, languageFor } from '../../i18n'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { sendNotice } from '../sends/send-notice'

/** Mails a person that a passkey was added, so that they notice if another person added it. */
export async function mailNewPasskey(
  deps: Deps,
  { userId, name, language }: { userId: string; name: string; language: Language },
): Promise<void> {
  const person = await findPersonById(deps.db, userId)
  if (!person) return
  const link = new URL(routes.personalSettings, deps.config.APP_URL).href
  await sendNotice(
    deps,
    { kind: 'new_passkey', name, at: deps.now(), timeZone: person.timeZone || 'UTC', link },
    { to: person.email, language: languageFor(person.language || language) },
  )
}
