/** Defines the triggers: what starts a Zap. */
import { eventTrigger } from './event-trigger'
import { deliveredSample, failedSample, finalizedSample } from './samples'

export const documentReady = eventTrigger({
  key: 'document_ready',
  noun: 'Document',
  label: 'Document Ready to Send',
  description: 'Triggers when an invoice, receipt or credit note is finalised.',
  types: ['document.finalized'],
  sample: finalizedSample,
})

export const deliveryDelivered = eventTrigger({
  key: 'delivery_delivered',
  noun: 'Delivery',
  label: 'Mail Delivered',
  description: 'Triggers when the mail server of a recipient has taken a mail with a document.',
  types: ['delivery.delivered'],
  sample: deliveredSample,
})

export const deliveryFailed = eventTrigger({
  key: 'delivery_failed',
  noun: 'Delivery',
  label: 'Mail Failed',
  description: 'Triggers when a mail with a document bounced, was dropped or could not be sent.',
  types: ['delivery.bounced', 'delivery.dropped', 'delivery.failed'],
  sample: failedSample,
})
