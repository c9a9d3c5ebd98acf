/** From the path to a language and a text of the account that asks. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { listOwnWords } from '../../db/account-texts'
import type { OwnWords } from '../../domain/labels'
import { languageChain } from '../../domain/languages'
import { findOwnText, isTextKind, type LanguageState, languageStates, type TextKind } from '../../domain/translation'
import { ALL_LABELS } from '../../i18n/labels'
import { type FoundTranslation, translationFor } from '../../mail/translation'
import type { AppEnv } from '../app-env'

export interface TheLanguage extends LanguageState {
  /** The account's own words, of all languages. */
  own: OwnWords
}

/** Throws 404 for a language that the account does not have. */
export async function theLanguage(c: Context<AppEnv>): Promise<TheLanguage> {
  const { deps, signedIn } = c.var
  const own = await listOwnWords(deps.db, signedIn.accountId)
  const state = languageStates(signedIn.settings, own, ALL_LABELS).find(
    ({ language }) => language === c.req.param('language'),
  )
  if (!state) throw new HTTPException(404)
  return { ...state, own }
}

export interface TheText {
  state: TheLanguage
  kind: TextKind
  /** What holds now, and the language that it comes from. */
  text: FoundTranslation
  /** Of the account's own text; 0 = there is none. */
  version: number
}

/** Throws 404 for what is no kind of mail. */
export function theKind(c: Context<AppEnv>): TextKind {
  const kind = c.req.param('kind') ?? ''
  if (!isTextKind(kind)) throw new HTTPException(404)
  return kind
}

/** Throws 404 for a language that the account does not have, and for what is no kind of mail. */
export async function theText(c: Context<AppEnv>): Promise<TheText> {
  const kind = theKind(c)
  const state = await theLanguage(c)
  const chain = languageChain(c.var.signedIn.settings, state.language)
  const version = findOwnText(state.own.texts, state.language, kind)?.version ?? 0
  return { state, kind, text: translationFor(kind, chain, state.own.texts), version }
}
