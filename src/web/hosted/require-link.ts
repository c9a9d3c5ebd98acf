/** From the token in the path to the link it is, in the language of its mail. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { hashToken } from '../../commands/token'
import { listMemberships } from '../../db/accounts'
import { findHostedLink, type HostedLink } from '../../db/hosted-links'
import { listLabels } from '../../db/labels'
import { isLinkToken, type LinkState, linkState } from '../../domain/hosted-link'
import { labelsFor } from '../../domain/labels'
import { languageChain } from '../../domain/languages'
import type { AppEnv } from '../app-env'
import { setLabels } from '../middleware/language'
import { findPerson } from '../middleware/session'

export interface RequiredLink {
  token: string
  link: HostedLink
  state: LinkState
}

/** Answers 404, in the visitor's language, for a token that is none or whose link was revoked: nothing is said of those, not even whose they were. */
export async function requireLink(c: Context<AppEnv>): Promise<RequiredLink> {
  const found = await linkOfAnyState(c)
  if (found.state === 'revoked') throw new HTTPException(404)
  await speak(c, found.link)
  return found
}

/** Also a revoked one: who was written to may say no to more mails for ever. */
export async function unsubscriptionLink(c: Context<AppEnv>): Promise<RequiredLink> {
  const found = await linkOfAnyState(c)
  await speak(c, found.link)
  return found
}

async function linkOfAnyState(c: Context<AppEnv>): Promise<RequiredLink> {
  const { deps } = c.var
  const token = c.req.param('token') ?? ''
  const link = isLinkToken(token) ? await findHostedLink(deps.db, await hashToken(token)) : undefined
  if (!link) throw new HTTPException(404)
  return { token, link, state: linkState(link, link.settings.linkExpiryMonths, deps.now()) }
}

/** In the document's own language the words that were frozen with it, else the merchant's as they are now. */
async function speak(c: Context<AppEnv>, { accountId, language, settings, snapshot }: HostedLink): Promise<void> {
  const chain = languageChain(settings, language)
  const frozen = snapshot.labels?.language === chain[0] ? snapshot.labels : undefined
  setLabels(c, frozen ?? labelsFor(chain, await listLabels(c.var.deps.db, accountId)))
}

/** Somebody of the merchant's own: their looking says nothing about the customer. */
export async function isMember(c: Context<AppEnv>, accountId: string): Promise<boolean> {
  const person = await findPerson(c)
  if (!person) return false
  const memberships = await listMemberships(c.var.deps.db, person.userId)
  return memberships.some((membership) => membership.accountId === accountId)
}
