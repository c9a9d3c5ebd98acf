import type { ProviderConnection } from '../../db/provider-connections'
import { findSenderDomain } from '../../db/sender-domains'
import { PROVIDERS, type ProviderKind } from '../../domain/provider'
import { PLAIN_RETURN_PATH } from '../../domain/provider-connection'
import { domainOf } from '../../domain/sender-domain'
import { dkimName, judgeAnyDkim, judgeSpf, type RecordState } from '../../domain/sender-records'
import { senderAddress } from '../../mail/compose'
import type { Deps } from '../deps'
import { findDomainRecords, findTexts } from './domain-records'

export interface Authentication {
  /** Whose provider carries the mails. */
  by: 'account' | 'deployment'
  kind: ProviderKind
  /** From address. */
  from: string
  /** Undefined where the provider has an envelope sender of its own, for which receivers look SPF up. */
  spf: RecordState | undefined
  /** Undefined where only the provider knows the name of its key, or where no key is under its usual names. */
  dkim: RecordState | undefined
  dmarc: RecordState | undefined
}

/**
 * Returns who carries an account's mails and what receivers can verify of them. The records of an account's sender domain are those of its
 * latest check; all others are looked up.
 * @param connection of the account's own, while it carries the mails
 */
export async function findAuthentication(
  deps: Deps,
  accountId: string,
  connection: ProviderConnection | undefined,
): Promise<Authentication> {
  const { DKIM_KEY, DKIM_SELECTOR, MAIL_DOMAIN, SPF_INCLUDE, BOUNCE_DOMAIN, provider } = deps.config
  if (connection) {
    const { kind, settings } = connection
    const ownDomain = domainOf(settings.from)
    const isPlain = BOUNCE_DOMAIN === '' || settings.returnPath === PLAIN_RETURN_PATH
    const found = await lookUp(deps, kind, ownDomain, isPlain ? ownDomain : BOUNCE_DOMAIN)
    return { by: 'account', kind, from: settings.from, ...found }
  }
  const { kind } = provider
  const ours = { by: 'deployment', kind } as const
  // Receivers look SPF up for the envelope sender, which stays the platform's.
  const envelope = BOUNCE_DOMAIN || MAIL_DOMAIN
  const sender = kind === 'smtp' ? await findSenderDomain(deps.db, accountId) : undefined
  if (sender && sender.verifiedAt !== null) {
    const stateOf = (record: string, name?: string) =>
      sender.records.find((one) => one.kind === record && (name === undefined || one.name === name))?.state
    const dkim = stateOf('dkim', dkimName(sender.selector ?? '', sender.domain))
    const spf = SPF_INCLUDE !== undefined ? stateOf('spf') : (await lookUp(deps, kind, MAIL_DOMAIN, envelope)).spf
    return { ...ours, from: sender.address, dkim, spf, dmarc: stateOf('dmarc') }
  }
  const signs = kind === 'smtp' && DKIM_KEY && DKIM_SELECTOR
  const [dkim, found] = await Promise.all([
    signs ? findTexts(deps, dkimName(DKIM_SELECTOR, MAIL_DOMAIN)).then(judgeAnyDkim) : undefined,
    lookUp(deps, kind, MAIL_DOMAIN, envelope),
  ])
  return { ...ours, from: senderAddress(MAIL_DOMAIN), ...found, ...(dkim && { dkim }) }
}

type Records = Pick<Authentication, 'spf' | 'dkim' | 'dmarc'>

/** Looks up the records of a From domain, and SPF of the domain of the envelope sender where that is not the provider's own. */
async function lookUp(deps: Deps, kind: ProviderKind, domain: string, envelope: string): Promise<Records> {
  const { dkimSelectors = [] } = PROVIDERS[kind]
  const [[ownSpf, dmarc], envelopeSpf, keys] = await Promise.all([
    findDomainRecords(deps, domain),
    kind === 'smtp' && envelope !== domain
      ? findTexts(deps, envelope).then((found) => judgeSpf(envelope, found, ''))
      : undefined,
    Promise.all(dkimSelectors.map((selector) => findTexts(deps, dkimName(selector, domain)).then(judgeAnyDkim))),
  ])
  return {
    spf: kind === 'smtp' ? (envelopeSpf ?? ownSpf)?.state : undefined,
    // A domain may have another selector: that none is found proves nothing.
    dkim: keys.find((state) => state === 'found'),
    dmarc: dmarc?.state,
  }
}
