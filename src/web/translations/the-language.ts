/** From the path to a language and a text of the account that asks. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { listOwnTexts } from '../../db/translations'
import { languageChain } from '../../domain/languages'
import {
  findOwnText,
  isMailKind,
  type LanguageState,
  languageStates,
  type MailKind,
  type OwnText,
} from '../../domain/translation'
import { type FoundTranslation, translationFor } from '../../mail/translation'
import type { AppEnv } from '../app-env'

export interface TheLanguage extends LanguageState {
  /** The account's own texts, of all languages. */
  own: OwnText[]
}

/** Throws 404 for a language that the account does not have. */
export async function theLanguage(c: Context<AppEnv>): Promise<TheLanguage> {
  const { deps, signedIn } = c.var
  const own = await listOwnTexts(deps.db, signedIn.accountId)
  const state = languageStates(signedIn.settings, own).find(({ language }) => language === c.req.param('language'))
  if (!state) throw new HTTPException(404)
  return { ...state, own }
}

export interface TheText {
  state: TheLanguage
  kind: MailKind
  /** What holds now, and the language that it comes from. */
  text: FoundTranslation
  /** Of the account's own text; 0 = there is none. */
  version: number
}

/** Throws 404 for a language that the account does not have, and for what is no kind of mail. */
export async function theText(c: Context<AppEnv>): Promise<TheText> {
  const kind = c.req.param('kind') ?? ''
  if (!isMailKind(kind)) throw new HTTPException(404)
  const state = await theLanguage(c)
  const chain = languageChain(c.var.signedIn.settings, state.language)
  const version = findOwnText(state.own, state.language, kind)?.version ?? 0
  return { state, kind, text: translationFor(kind, chain, state.own), version }
}
