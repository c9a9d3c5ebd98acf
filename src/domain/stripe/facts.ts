/** Declares the facts that Facteur reads from Stripe's events. Amounts are decimal strings, times epoch ms, ids Stripe's. */
import type { Address } from '../company'
import type { PaymentMethod } from '../document'
import type { TaxId } from './tax-ids'

/** The payer, as far as Stripe knows them. */
export interface Party {
  /** Null for a guest checkout. */
  customerId: string | null
  name: string
  /** One address at most. Empty = none. */
  email: string
  address: Address
  /** BCP 47, from `preferred_locales`; empty when Stripe has none. Never guessed from the country. */
  language: string
  /** The tax id that a document names: VAT, else the first of any type. */
  vatId: string
  /** All tax ids; absent where the event does not say. */
  taxIds?: TaxId[]
  /** 'none', 'exempt' or 'reverse'; absent where the event does not say. */
  taxExempt?: string
}

export interface CustomerFact {
  type: 'customer'
  deleted: boolean
  party: Party & { customerId: string }
}

/** A tax id of a customer was added, changed or removed. */
export interface TaxIdFact {
  type: 'tax_id'
  customerId: string
  taxId: TaxId
  deleted: boolean
}

export interface ChargeFact {
  type: 'charge'
  chargeId: string
  /** Payment intent, else the charge: identifies the payment. */
  payment: string
  /** Null = belongs to no invoice; undefined = this API version does not say (since 2025-03-31). */
  invoiceId: string | null | undefined
  party: Party
  currency: string
  amount: string
  description: string
  paidAt: number
  method: PaymentMethod
}

export interface StripeLine {
  description: string
  /** True for shipping, which may have no description. */
  isShipping?: boolean
  /** Whole number; at least 1. */
  quantity: number
  /** Price that the customer pays for the line, after discounts and including all tax. Decimal. */
  gross: string
  /** The tax in `gross`; undefined when Stripe says nothing of tax. */
  tax?: {
    amount: string
    reason: string
    /** The rate in percent, if Stripe states it. Decimal. */
    percent?: string
  }
}

/** The content of a document: lines, and the total they must add up to. */
export interface PricedLines {
  currency: string
  /** The total that the lines must add up to. */
  total: string
  /** The tax in `total`; undefined when the event does not say. Decimal. */
  tax: string | undefined
  lines: StripeLine[]
  /** True if Stripe shortened the list of lines. */
  hasMore: boolean
  /** True if Stripe computed the tax: lines without tax data then have none. */
  isTaxComputed?: boolean
  /** The customer's tax status: 'reverse' charge, 'exempt' or 'none'. */
  taxExempt?: string
}

export interface InvoiceFact extends PricedLines {
  type: 'invoice'
  invoiceId: string
  /** Undefined when this API version does not say. */
  payment: string | undefined
  party: Party
  /** Paid by a payment; the customer's balance may have paid the rest. */
  paid: string
  /** False while something is owed. */
  isPaid: boolean
  /** True if no payment through Stripe belongs to it. */
  outOfBand: boolean
  number: string
  paidAt: number
  /** Credited before it was paid; included in `total`. Decimal. */
  creditedBefore: string
  /** For a negative invoice: the invoices whose lines it gives back. */
  creditedInvoices: string[]
}

export interface CreditNoteFact extends PricedLines {
  type: 'credit_note'
  creditNoteId: string
  invoiceId: string
  /** Stripe's ids of the refunds that pay it out. */
  refunds: string[]
  /** The part of it that lowered the amount to pay. */
  beforePayment: 'nothing' | 'a_part' | 'all'
  at: number
}

export interface VoidedCreditNoteFact {
  type: 'voided_credit_note'
  creditNoteId: string
}

/** A paid Checkout Session: states what a payment without an invoice was for. */
export interface CheckoutFact extends PricedLines {
  type: 'checkout'
  sessionId: string
  /** Undefined if an invoice was paid, or nothing. */
  payment: string | undefined
  /** True if an invoice has the same data and more. */
  isInvoiced: boolean
  party: Party
  paidAt: number
}

/** States which payment paid which invoice. */
export interface InvoicePaymentFact {
  type: 'invoice_payment'
  invoiceId: string
  payment: string
  paidAt: number
}

export interface RefundFact {
  type: 'refund'
  /** The refunds that the event names; may be empty. */
  refunds: { id: string; amount: string; at: number }[]
  /** Ids of the payment, the most certain first: payment intent, charge. */
  payments: string[]
  currency: string
  /** Sum of all refunds of the payment, if the event states it. */
  refundedInAll?: string
}

/** A customer had the bank take a payment back. */
export interface DisputeFact {
  type: 'dispute'
  /** Stripe's id of the dispute; empty where the event does not say. */
  disputeId: string
  /** Ids of the payment, the most certain first. */
  payments: string[]
  outcome: 'open' | 'lost' | 'won'
  /** What is disputed, which may be a part of the payment; undefined where the event does not say. Decimal. */
  amount: string | undefined
  currency: string
}

/** A refund that failed after it was reported as made. */
export interface FailedRefundFact {
  type: 'failed_refund'
  refundId: string
}

export type StripeFact =
  | CustomerFact
  | TaxIdFact
  | ChargeFact
  | InvoiceFact
  | CheckoutFact
  | InvoicePaymentFact
  | CreditNoteFact
  | VoidedCreditNoteFact
  | RefundFact
  | FailedRefundFact
  | DisputeFact

/** Why an event of a supported type could not be read; the text is `stripe.reason.<reason>`. */
export type UnreadableReason = 'fields_missing' | 'amount_invalid' | 'other_account'

/** The result of reading an event. An unsupported type is no error: it is acknowledged and recorded. */
export type ReadEvent = { type: 'unsupported' } | { type: 'unreadable'; reason: UnreadableReason } | StripeFact

/** Event types that the merchant must select for the webhook. */
export const STRIPE_EVENTS = [
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.tax_id.created',
  'customer.tax_id.updated',
  'customer.tax_id.deleted',
  'charge.succeeded',
  'charge.captured',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'invoice.paid',
  'invoice_payment.paid',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
  'credit_note.created',
  'credit_note.voided',
] as const
