import type { SendOutcome } from '../../domain/attempt'
import { senderAddress } from '../../mail/compose'
import type { OutgoingMail } from '../../mail/mailer'
import type { Deps } from '../deps'
import type { Prepared } from './mail-claims'
import { keyFor, type SigningKeys } from './resolve-mail-routes'
import { returnPath } from './return-path'
import type { RunConnections } from './run-connections'

/** A mail, and the number of the attempt that was claimed for it. */
export interface ClaimedMail {
  mail: Prepared
  attempt: number
}

/** Hands claimed mails to their providers. Never throws: an unexpected exception must not stop other mails. */
export class MailAttempts {
  readonly #deps: Pick<Deps, 'config'>
  readonly #connections: RunConnections
  readonly #keys: SigningKeys

  constructor(deps: Pick<Deps, 'config'>, connections: RunConnections, keys: SigningKeys) {
    this.#deps = deps
    this.#connections = connections
    this.#keys = keys
  }

  async send(claimed: ClaimedMail): Promise<SendOutcome> {
    try {
      return await this.#connections.mailer(claimed.mail.delivery.connection).send(this.#outgoing(claimed))
    } catch (error) {
      return outcomeOfException(error)
    }
  }

  /** Sends mails of one connection in one call. Returns an outcome for each, in their order; one without an answer is unknown. */
  async sendTogether(connection: string, claimed: ClaimedMail[]): Promise<SendOutcome[]> {
    const [first, ...others] = claimed
    if (!first) return []
    if (others.length === 0) return [await this.send(first)]
    try {
      const mails = claimed.map((one) => this.#outgoing(one))
      const outcomes = (await this.#connections.mailer(connection).sendBatch?.(mails)) ?? []
      return claimed.map((_, index) => outcomes[index] ?? { type: 'unknown', text: '' })
    } catch (error) {
      return claimed.map(() => outcomeOfException(error))
    }
  }

  #outgoing({ mail: { delivery, mime }, attempt }: ClaimedMail): OutgoingMail {
    const { config } = this.#deps
    // An account's own connection knows its address. Over the deployment's, bounces come back to the deployment.
    const route = this.#connections.route(delivery.connection)
    const from = route?.sender ?? senderAddress(config.MAIL_DOMAIN)
    const reports = route?.plainReturnPath ? undefined : returnPath(config, delivery.id)
    return {
      ...{ deliveryId: delivery.id, attempt, from, to: delivery.address, mime, dkim: keyFor(this.#keys, delivery) },
      ...(reports && { returnPath: reports }),
    }
  }
}

const outcomeOfException = (error: unknown): SendOutcome => ({ type: 'unknown', text: String(error).slice(0, 500) })
