import { runBatch } from '../../db/client'
import { claimForSending } from '../../db/deliveries'
import { setPdfSha256 } from '../../db/document-pdf'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import { CLAIM_MARGIN_MS, LEASE_MS } from '../../domain/timing'
import type { Deps } from '../deps'
import { Grouped } from './grouped'
import type { MadeMail } from './mail-maker'

/** A mail that is ready to leave. */
export interface Prepared extends MadeMail {
  delivery: LoadedDelivery
}

/** Claims mails right before they leave. Those that are ready at the same time share a query. */
export class MailClaims {
  /** Number of claims that failed in a row. */
  failed = 0
  /** Number of queries so far. */
  queries = 0
  readonly #deps: Deps
  readonly #grouped: Grouped<Prepared, number | undefined>

  constructor(deps: Deps) {
    this.#deps = deps
    this.#grouped = new Grouped((mails) => this.claim(mails))
  }

  /** Returns the number of the attempt; undefined if another run has the row, or its address is suppressed by now. */
  claimOne(mail: Prepared): Promise<number | undefined> {
    return this.#grouped.add(mail)
  }

  /**
   * Claims mails in one call and returns the number of each attempt, undefined where the claim failed. Renews a lease that would end during
   * the provider's call. Writes the hashes of new PDFs as well.
   */
  async claim(mails: Prepared[]): Promise<(number | undefined)[]> {
    const { db, now } = this.#deps
    const at = now()
    const groups = Map.groupBy(mails, ({ delivery }) => delivery.dueAt < at + CLAIM_MARGIN_MS)
    const statements = [...groups].map(([short, group]) => {
      const claims = group.map(({ delivery, linkHash }) => ({ id: delivery.id, linkHash, sender: delivery.sender }))
      return claimForSending(claims, at, short ? { until: at + LEASE_MS } : { atLeast: at + CLAIM_MARGIN_MS })
    })
    statements.push(...mails.flatMap(({ newPdf }) => (newPdf ? [setPdfSha256(newPdf)] : [])))
    this.queries += statements.length
    this.failed += 1
    const rows = (await runBatch<{ id: string; attempt: number }>(db, statements)).flatMap(({ results }) => results)
    this.failed = 0
    for (const { delivery } of groups.get(true) ?? []) delivery.dueAt = at + LEASE_MS
    const claimed = new Map(rows.map(({ id, attempt }) => [id, attempt]))
    return mails.map(({ delivery }) => claimed.get(delivery.id))
  }
}
