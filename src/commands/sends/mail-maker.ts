import { type TextsOfAccounts, textsOfAccount } from '../../db/account-texts'
import type { NewPdf } from '../../db/document-pdf'
import type { LoadedDelivery } from '../../db/loaded-delivery'
import { MAILS_IN_FLIGHT } from '../../domain/timing'
import type { Deps } from '../deps'
import { DrawingError, drawnPdf } from '../documents/document-pdf'
import { errorEntry } from '../error-entry'
import { type PreparedMail, UnsendableError } from '../stored-mail'
import { failDeliveries } from './fail-deliveries'
import { isLasting } from './lasting-error'
import { prepareMail } from './prepare-mail'

/** A mail, and its PDF if that is new: the hash is still to be written. */
export interface MadeMail extends PreparedMail {
  newPdf?: NewPdf
}

/** Makes the mails of one invocation, and caches PDFs that several of them attach. */
export class MailMaker {
  readonly #drawings = new Map<string, ReturnType<typeof drawnPdf>>()
  readonly #deps: Deps
  readonly #texts: TextsOfAccounts

  /** @param texts the custom texts of all accounts in the invocation */
  constructor(deps: Deps, texts: TextsOfAccounts) {
    this.#deps = deps
    this.#texts = texts
  }

  /**
   * Returns the mail; undefined if it can't be made. A mail that can never be made fails; after a storage error it is
   * retried when its lease ends.
   */
  async make(delivery: LoadedDelivery): Promise<MadeMail | undefined> {
    try {
      if (this.#texts.unreadable.includes(delivery.accountId)) throw new UnsendableError('settings_unreadable')
      const accountTexts = textsOfAccount(this.#texts, delivery.accountId)
      let newPdf: NewPdf | undefined
      const mail = await prepareMail(this.#deps, delivery, accountTexts, async () => {
        const { bytes, sha256, isNew } = await this.#pdf(delivery)
        if (isNew) newPdf = { accountId: delivery.accountId, id: delivery.documentId, sha256 }
        return bytes
      })
      return { ...mail, ...(newPdf && { newPdf }) }
    } catch (error) {
      this.#deps.log({ ...errorEntry(error), event: 'mail_not_prepared', delivery: delivery.id })
      if (error instanceof UnsendableError) await failDeliveries(this.#deps, [delivery], error.reason)
      else if (error instanceof DrawingError || isLasting(error))
        await failDeliveries(this.#deps, [delivery], 'render_failed')
      return undefined
    }
  }

  /** Returns the PDF of a document, which is drawn or read once for all its recipients. */
  #pdf(delivery: LoadedDelivery): ReturnType<typeof drawnPdf> {
    const { accountId, documentId: id, number, snapshot, pdfSha256 } = delivery
    const key = `${accountId}/${id}`
    const found = this.#drawings.get(key)
    if (found) return found
    if (this.#drawings.size >= MAILS_IN_FLIGHT) this.#drawings.clear()
    const drawing = drawnPdf(this.#deps, { accountId, id, number, snapshot, pdfSha256 })
    this.#drawings.set(key, drawing)
    return drawing
  }
}
