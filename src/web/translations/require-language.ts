/** Finds the language and the text that the path names. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { listAccountTexts } from '../../db/account-texts'
import type { AccountTexts } from '../../domain/account-texts'
import { type LanguageState, languageStates } from '../../domain/language-states'
import { languageChain } from '../../domain/languages'
import { findTranslation, isTextKind, type TextKind } from '../../domain/translation'
import { ALL_LABELS } from '../../i18n/labels'
import { type FoundTranslation, translationFor } from '../../mail/translation'
import type { AccountEnv } from '../app-env'

export interface RequiredLanguage extends LanguageState {
  /** The account's custom texts and labels, of all languages. */
  accountTexts: AccountTexts
}

/** Returns the language that the path names. Throws 404 if the account does not have it. */
export async function requireLanguage(c: Context<AccountEnv>): Promise<RequiredLanguage> {
  const { deps, signedIn } = c.var
  const accountTexts = await listAccountTexts(deps.db, signedIn.accountId)
  const state = languageStates(signedIn.settings, accountTexts, ALL_LABELS).find(
    ({ language }) => language === c.req.param('language'),
  )
  if (!state) throw new HTTPException(404)
  return { ...state, accountTexts }
}

export interface RequiredText {
  state: RequiredLanguage
  kind: TextKind
  /** The text that applies now, and its language. */
  text: FoundTranslation
  /** Version of the custom text; 0 = there is none. */
  version: number
}

/** Returns the kind of mail that the path names. Throws 404 for anything else. */
export function requireKind(c: Context<AccountEnv>): TextKind {
  const kind = c.req.param('kind') ?? ''
  if (!isTextKind(kind)) throw new HTTPException(404)
  return kind
}

/**
 * Returns the text that the path names. Throws 404 for a language that the account does not have, and for an unknown
 * kind of mail.
 */
export async function requireText(c: Context<AccountEnv>): Promise<RequiredText> {
  const kind = requireKind(c)
  const state = await requireLanguage(c)
  const chain = languageChain(c.var.signedIn.settings, state.language)
  const version = findTranslation(state.accountTexts.texts, state.language, kind)?.version ?? 0
  return { state, kind, text: translationFor(kind, chain, state.accountTexts.texts), version }
}
