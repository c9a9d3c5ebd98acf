import type { SmtpFailure } from './smtp-failure'

/** Thrown when a conversation with a mail server fails. */
export class SmtpError extends Error implements SmtpFailure {
  readonly code: string | undefined
  readonly command: string | undefined
  readonly responseCode: number | undefined
  readonly response: string | undefined
  readonly recipientNamed: boolean
  readonly handedOver: boolean

  constructor(error: Partial<SmtpFailure>, { recipientNamed = false, handedOver = false } = {}) {
    super(error.message ?? 'unknown error')
    this.code = error.code
    this.command = error.command
    this.responseCode = error.responseCode || undefined
    this.response = error.response
    this.recipientNamed = recipientNamed
    this.handedOver = handedOver
  }
}
