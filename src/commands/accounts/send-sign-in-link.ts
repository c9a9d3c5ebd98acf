import { languageFor } from '../../i18n'
import { routes } from '../../routes'
import type { Deps } from '../deps'
import { sendNotice } from '../sends/send-notice'

export interface SignInLink {
  email: string
  token: string
  language: string
  /** Path to go to afterwards; empty = the start page. */
  returnTo: string
}

/** Mails the link to the page whose button uses the token. */
export async function sendSignInLink(deps: Deps, { email, token, language, returnTo }: SignInLink): Promise<void> {
  const link = new URL(routes.signInLink(token), deps.config.APP_URL)
  if (returnTo) link.searchParams.set('to', returnTo)
  await sendNotice(deps, { kind: 'sign_in', link: link.href }, { to: email, language: languageFor(language) })
}
