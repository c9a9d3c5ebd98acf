import type { ProviderConnection } from '../../db/provider-connections'
import { findSenderDomain } from '../../db/sender-domains'
import type { ProviderKind } from '../../domain/provider'
import { domainOf } from '../../domain/sender-domain'
import { dkimName, judgeAnyDkim, type RecordState } from '../../domain/sender-records'
import { senderAddress } from '../../mail/compose'
import type { Deps } from '../deps'
import { findDomainRecords, findTexts } from './domain-records'

export interface Authentication {
  /** Whose provider carries the mails. */
  by: 'account' | 'deployment'
  kind: ProviderKind
  /** From address. */
  from: string
  spf: RecordState | undefined
  /** Undefined where only the provider knows the name of its key. */
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
  const { DKIM_KEY, DKIM_SELECTOR, MAIL_DOMAIN, SPF_INCLUDE, provider } = deps.config
  if (connection) {
    const { kind, settings } = connection
    return { by: 'account', kind, from: settings.from, dkim: undefined, ...(await lookUp(deps, settings.from)) }
  }
  const sender = provider.kind === 'smtp' ? await findSenderDomain(deps.db, accountId) : undefined
  const ours = { by: 'deployment', kind: provider.kind } as const
  if (sender && sender.verifiedAt !== null) {
    const stateOf = (kind: string, name?: string) =>
      sender.records.find((record) => record.kind === kind && (name === undefined || record.name === name))?.state
    const dkim = stateOf('dkim', dkimName(sender.selector ?? '', sender.domain))
    // Receivers look SPF up for the envelope sender, which stays the platform's.
    const spf = SPF_INCLUDE !== undefined ? stateOf('spf') : (await lookUp(deps, senderAddress(MAIL_DOMAIN))).spf
    return { ...ours, from: sender.address, dkim, spf, dmarc: stateOf('dmarc') }
  }
  const from = senderAddress(MAIL_DOMAIN)
  const signs = provider.kind === 'smtp' && DKIM_KEY && DKIM_SELECTOR
  const [dkim, found] = await Promise.all([
    signs ? findTexts(deps, dkimName(DKIM_SELECTOR, MAIL_DOMAIN)).then(judgeAnyDkim) : undefined,
    lookUp(deps, from),
  ])
  return { ...ours, from, dkim, ...found }
}

async function lookUp(deps: Deps, address: string): Promise<Pick<Authentication, 'spf' | 'dmarc'>> {
  const [spf, dmarc] = await findDomainRecords(deps, domainOf(address))
  return { spf: spf?.state, dmarc: dmarc?.state }
}
