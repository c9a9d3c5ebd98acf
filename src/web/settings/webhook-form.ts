import * as v from 'valibot'
import { OUTGOING_EVENTS, type OutgoingEventType } from '../../domain/outgoing-event'
import { ENDPOINT_DESCRIPTION_CHARS } from '../../domain/webhook-call'
import { MAX_TARGET_CHARS, parseTarget } from '../../domain/webhook-target'
import type { Translate } from '../../i18n'
import { parsedBy } from '../ui/fields'
import { type FormState, type FormValues, line, parseForm, requiredLine } from '../ui/form-state'

interface WebhookForm {
  url: string
  description: string
  events: OutgoingEventType[]
}

/**
 * Parses the form of an endpoint; each event is a checkbox of its name.
 * @param allowsPrivate a setting of the deployment, see `parseTarget`
 */
export function parseWebhookForm(
  typed: FormValues,
  t: Translate,
  allowsPrivate: boolean,
): { ok: true; value: WebhookForm } | ({ ok: false } & FormState) {
  const events = OUTGOING_EVENTS.filter((type) => typed[type])
  const form = parseForm(schemaOf(allowsPrivate), typed, t)
  const missing = events.length > 0 ? {} : { events: t('webhooks.events.needed') }
  if (form.ok && events.length > 0) return { ok: true, value: { ...form.value, events } }
  return { ok: false, values: typed, errors: { ...(!form.ok && form.errors), ...missing } }
}

const schemaOf = (allowsPrivate: boolean) =>
  v.object({
    url: v.pipe(
      requiredLine(MAX_TARGET_CHARS),
      parsedBy((url) => parseTarget(url, allowsPrivate)),
    ),
    description: line(ENDPOINT_DESCRIPTION_CHARS),
  })

/** Returns the values of the form that shows an endpoint. */
export const webhookValues = ({ url, description, events }: WebhookForm): FormValues => ({
  ...{ url, description },
  ...Object.fromEntries(events.map((type) => [type, 'on'])),
})
