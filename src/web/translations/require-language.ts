/** From the path to a language and a text of the account that asks. */
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
  /** The account's own words, of all languages. */
  own: AccountTexts
}

/** Throws 404 for a language that the account does not have. */
export async function requireLanguage(c: Context<AccountEnv>): Promise<RequiredLanguage> {
  const { deps, signedIn } = c.var
  const own = await listAccountTexts(deps.db, signedIn.accountId)
  const state = languageStates(signedIn.settings, own, ALL_LABELS).find(
    ({ language }) => language === c.req.param('language'),
  )
  if (!state) throw new HTTPException(404)
  return { ...state, own }
}

export interface RequiredText {
  state: RequiredLanguage
  kind: TextKind
  /** What holds now, and the language that it comes from. */
  text: FoundTranslation
  /** Of the account's own text; 0 = there is none. */
  version: number
}

/** Throws 404 for what is no kind of mail. */
export function requireKind(c: Context<AccountEnv>): TextKind {
  const kind = c.req.param('kind') ?? ''
  if (!isTextKind(kind)) throw new HTTPException(404)
  return kind
}

/** Throws 404 for a language that the account does not have, and for what is no kind of mail. */
export async function requireText(c: Context<AccountEnv>): Promise<RequiredText> {
  const kind = requireKind(c)
  const state = await requireLanguage(c)
  const chain = languageChain(c.var.signedIn.settings, state.language)
  const version = findTranslation(state.own.texts, state.language, kind)?.version ?? 0
  return { state, kind, text: translationFor(kind, chain, state.own.texts), version }
}
