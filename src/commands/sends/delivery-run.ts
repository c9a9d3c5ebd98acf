import { type TextsOfAccounts, textsOfAccount } from '../../db/account-texts'
import { ifAny, runBatch } from '../../db/client'
import {
  claimForSending,
  failDispatched,
  type LoadedDelivery,
  pauseConnection,
  putBackDispatched,
  writeAttemptResults,
} from '../../db/deliveries'
import { type HistoryRow, type HistoryType, insertHistory } from '../../db/history'
import { refreshMailStates } from '../../db/mail-state'
import { recordProblems } from '../../db/problems'
import { suppressAddressesOf } from '../../db/suppressions'
import { type Attempt, type AttemptResult, decideAttempt } from '../../domain/attempt'
import { countsAsGivenUp, isProblemStatus } from '../../domain/problem'
import { isTestDocument } from '../../domain/test-mode'
import { CLAIM_MARGIN_MS, MAILS_IN_FLIGHT, PAUSE_MS } from '../../domain/timing'
import { senderAddress } from '../../mail/compose'
import type { Mailer } from '../../mail/mailer'
import { restSending } from '../accounts/rest-sending'
import type { Deps } from '../deps'
import { DrawingError, documentPdf } from '../documents/document-pdf'
import { errorEntry } from '../error-entry'
import { type PreparedMail, prepareMail, UnsendableError } from './prepare-mail'

interface Prepared extends PreparedMail {
  delivery: LoadedDelivery
}

/** One invocation: the connections it has opened and the drawings it has at hand. */
export class DeliveryRun {
  private readonly mailers = new Map<string, Mailer>()
  private readonly pausedUntil = new Map<string, number>()
  private readonly drawings = new Map<string, Promise<Uint8Array>>()
  private readonly deps: Deps
  private readonly texts: TextsOfAccounts

  /** @param words merchants' own, of all mails of this run */
  constructor(deps: Deps, texts: TextsOfAccounts) {
    this.deps = deps
    this.texts = texts
  }

  async deliverChunk(chunk: LoadedDelivery[]): Promise<void> {
    const { deps } = this
    const wanted = chunk.filter((delivery) => !this.pausedUntil.has(delivery.connection))
    const prepared = (await Promise.all(wanted.map((delivery) => this.prepare(delivery)))).filter(
      (mail) => mail !== undefined,
    )
    if (prepared.length === 0) return
    const claims = prepared.map(({ delivery, linkHash }) => ({ id: delivery.id, linkHash }))
    const now = deps.now()
    const claimed = await claimForSending(deps.db, claims, now, now + CLAIM_MARGIN_MS)
    const attempts = await Promise.all(
      claimed.map(async ({ id, attempt }) => {
        const mail = prepared.find((candidate) => candidate.delivery.id === id)
        if (!mail) throw new Error('claimed a delivery that was not asked for')
        return { delivery: mail.delivery, attempt: await this.attempt(mail, attempt) }
      }),
    )
    await this.record(attempts)
    for (const mailer of this.mailers.values()) await mailer.flush?.()
  }

  /** Those not sent because their provider has been paused meanwhile wait with it. */
  async putBackPaused(ready: LoadedDelivery[]): Promise<void> {
    for (const [connection, until] of this.pausedUntil) {
      const ids = ready.filter((delivery) => delivery.connection === connection).map((delivery) => delivery.id)
      await putBackDispatched(this.deps.db, ids, until)
    }
  }

  close(): void {
    for (const mailer of this.mailers.values()) mailer.close()
  }

  private async prepare(delivery: LoadedDelivery): Promise<Prepared | undefined> {
    try {
      const own = textsOfAccount(this.texts, delivery.accountId)
      return { delivery, ...(await prepareMail(this.deps, delivery, own, () => this.pdf(delivery))) }
    } catch (error) {
      this.deps.log({ ...errorEntry(error), event: 'mail_not_prepared', delivery: delivery.id })
      // A mail that can't be made would come back for ever. One whose storage is out of reach does so when its lease runs out.
      if (error instanceof UnsendableError) await this.fail(delivery, error.reason)
      else if (error instanceof DrawingError) await this.fail(delivery, 'render_failed')
      return undefined
    }
  }

  private async fail(delivery: LoadedDelivery, reason: string): Promise<void> {
    const { db } = this.deps
    const now = this.deps.now()
    await runBatch(db, [
      failDispatched(db, [delivery.id], reason, now),
      insertHistory(db, [historyRow(delivery, 'failed', `his_${delivery.id}_failed`, now, { reason })]),
      ...recordProblems([{ deliveryId: delivery.id, givenUp: false }], now),
      db.run(refreshMailStates([delivery])),
    ])
  }

  /** A document sent to three addresses is drawn and read once. */
  private pdf(delivery: LoadedDelivery): Promise<Uint8Array> {
    const { accountId, documentId: id, number, snapshot, pdfSha256 } = delivery
    const key = `${accountId}/${id}`
    const found = this.drawings.get(key)
    if (found) return found
    if (this.drawings.size >= MAILS_IN_FLIGHT) this.drawings.clear()
    const drawing = documentPdf(this.deps, { accountId, id, number, snapshot, pdfSha256 }).then((pdf) => pdf.bytes)
    this.drawings.set(key, drawing)
    return drawing
  }

  private async attempt({ delivery, mime }: Prepared, attempt: number): Promise<Attempt> {
    const from = senderAddress(this.deps.config.MAIL_DOMAIN)
    const mail = { deliveryId: delivery.id, attempt, from, to: delivery.address, mime }
    try {
      return { id: delivery.id, attempt, outcome: await this.mailer(delivery.connection).send(mail) }
    } catch (error) {
      // Mailers answer with outcomes. Whatever breaks all the same must not take the other mails of the chunk with it.
      return { id: delivery.id, attempt, outcome: { type: 'unknown', text: String(error).slice(0, 500) } }
    }
  }

  private mailer(connection: string): Mailer {
    const open = this.mailers.get(connection) ?? this.deps.mailer(connection)
    this.mailers.set(connection, open)
    return open
  }

  /** One write for the chunk: rows, History of what was not accepted, suppressions, problems, the documents' states. */
  private async record(attempts: { delivery: LoadedDelivery; attempt: Attempt }[]): Promise<void> {
    if (attempts.length === 0) return
    const { db } = this.deps
    const now = this.deps.now()
    const results = attempts.map(({ attempt }) => decideAttempt(attempt, now, this.deps.random()))
    const history = attempts.flatMap(({ delivery }, index) => attemptHistory(delivery, results[index], now))
    const suppress = attempts.flatMap(({ attempt: { id, outcome } }) =>
      outcome.type === 'permanent' && outcome.suppress
        ? [{ deliveryId: id, reason: 'hard_bounce', text: outcome.text }]
        : [],
    )
    const failed = results
      .filter(({ status }) => isProblemStatus(status))
      .map(({ id, status, serverText }) => ({ deliveryId: id, givenUp: countsAsGivenUp(status, serverText ?? '') }))
    await runBatch(db, [
      writeAttemptResults(db, results),
      ...ifAny(history, (rows) => insertHistory(db, rows)),
      ...ifAny(suppress, (rows) => suppressAddressesOf(db, rows, now)),
      ...(failed.length > 0 ? recordProblems(failed, now) : []),
      ...this.pauses(attempts, now),
      db.run(refreshMailStates(attempts.map(({ delivery }) => delivery))),
    ])
    const bounced = attempts.filter(({ delivery }, index) => results[index]?.status === 'bounced' && isLive(delivery))
    await restSending(
      this.deps,
      bounced.map(({ delivery }) => delivery.accountId),
    )
  }

  private pauses(attempts: { delivery: LoadedDelivery; attempt: Attempt }[], now: number) {
    return attempts.flatMap(({ delivery: { connection }, attempt: { outcome } }) => {
      if (outcome.type !== 'pause' || this.pausedUntil.has(connection)) return []
      const until = now + (outcome.afterMs ?? PAUSE_MS)
      this.pausedUntil.set(connection, until)
      this.deps.log({ event: 'provider_paused', connection, reason: outcome.reason })
      return [pauseConnection(this.deps.db, { connection, until, reason: outcome.reason, text: outcome.text }, now)]
    })
  }
}

const isLive = ({ documentId }: LoadedDelivery): boolean => !isTestDocument(documentId)

/** History tells what did not go as it should; the happy path stands in the delivery's own columns. */
function attemptHistory(delivery: LoadedDelivery, result: AttemptResult | undefined, now: number): HistoryRow[] {
  if (!result || result.status === 'sent' || !result.counts) return []
  const type = result.status === 'queued' ? 'retry' : (result.status as HistoryType)
  const data = {
    reason: result.reason ?? '',
    text: result.serverText ?? '',
    attempt: result.attempt,
    ...(result.dueAt === null ? {} : { next: result.dueAt }),
  }
  return [historyRow(delivery, type, `his_${delivery.id}_${result.attempt}_${type}`, now, data)]
}

function historyRow(
  delivery: LoadedDelivery,
  type: HistoryType,
  id: string,
  at: number,
  data: HistoryRow['data'],
): HistoryRow {
  return {
    accountId: delivery.accountId,
    documentId: delivery.documentId,
    id,
    at,
    type,
    actor: '',
    deliveryId: delivery.id,
    data,
  }
}
