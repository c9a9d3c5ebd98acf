/** Finds the link of the token in the path, and sets the language of its mail. */
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

/**
 * Returns the link. Throws 404 for an unknown token and for a revoked link, in the visitor's language, so that the page
 * doesn't reveal the merchant.
 */
export async function requireLink(c: Context<AppEnv>): Promise<RequiredLink> {
  const found = await linkOfAnyState(c)
  if (found.state === 'revoked') throw new HTTPException(404)
  await setLinkLanguage(c, found.link)
  return found
}

/** Returns the link even if it was revoked, since a recipient may unsubscribe at any time. */
export async function unsubscriptionLink(c: Context<AppEnv>): Promise<RequiredLink> {
  const found = await linkOfAnyState(c)
  await setLinkLanguage(c, found.link)
  return found
}

async function linkOfAnyState(c: Context<AppEnv>): Promise<RequiredLink> {
  const { deps } = c.var
  const token = c.req.param('token') ?? ''
  const link = isLinkToken(token) ? await findHostedLink(deps.db, await hashToken(token)) : undefined
  if (!link) throw new HTTPException(404)
  return { token, link, state: linkState(link, link.settings.linkExpiryMonths, deps.now()) }
}

/** Sets the labels frozen in the document if they are in the language of the mail, else the merchant's current ones. */
async function setLinkLanguage(
  c: Context<AppEnv>,
  { accountId, language, settings, snapshot }: HostedLink,
): Promise<void> {
  const chain = languageChain(settings, language)
  const frozen = snapshot.labels?.language === chain[0] ? snapshot.labels : undefined
  setLabels(c, frozen ?? labelsFor(chain, await listLabels(c.var.deps.db, accountId)))
}

/** Returns whether the visitor is a member of the account, whose views are not counted. */
export async function isMember(c: Context<AppEnv>, accountId: string): Promise<boolean> {
  const person = await findPerson(c)
  if (!person) return false
  const memberships = await listMemberships(c.var.deps.db, person.userId)
  return memberships.some((membership) => membership.accountId === accountId)
}
