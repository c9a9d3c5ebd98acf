/** Reads Amazon SES's notification in JSON, which SNS sends by mail to a subscribed address. */
import * as v from 'valibot'
import type { Action, Finding } from '../finding'

const Recipients = v.array(
  v.object({
    emailAddress: v.string(),
    action: v.optional(v.string()),
    status: v.optional(v.string()),
    diagnosticCode: v.optional(v.string()),
  }),
)
const Notification = v.variant('notificationType', [
  v.object({
    notificationType: v.literal('Bounce'),
    bounce: v.object({
      bounceType: v.string(),
      bounceSubType: v.optional(v.string(), ''),
      bouncedRecipients: Recipients,
    }),
    mail: v.optional(v.object({ messageId: v.optional(v.string()) })),
  }),
  v.object({ notificationType: v.literal('Complaint'), complaint: v.object({ complainedRecipients: Recipients }) }),
  v.object({ notificationType: v.literal('Delivery'), delivery: v.object({ recipients: v.array(v.string()) }) }),
])
type Notification = v.InferOutput<typeof Notification>

/** Returns the notification in a text; undefined where there is none. */
export function snsNotification(notice: string): Notification | undefined {
  const start = notice.search(/\{\s{0,20}"(?:notificationType|Type)"/)
  if (start < 0) return undefined
  const end = notice.lastIndexOf('}')
  try {
    // Long lines are broken where they were sent as quoted text.
    const json: unknown = JSON.parse(notice.slice(start, end + 1).replace(/\n/g, ''))
    const message = v.safeParse(v.object({ Message: v.string() }), json)
    const parsed = v.safeParse(Notification, message.success ? JSON.parse(message.output.Message) : json)
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/** Returns the recipients of a bounce or a delivery. */
export function snsFindings(notification: Notification): Finding[] {
  if (notification.notificationType === 'Delivery') {
    return notification.delivery.recipients.map((address) => ({
      address,
      action: 'delivered',
      status: '',
      said: [],
      prose: [],
    }))
  }
  if (notification.notificationType === 'Complaint') return []
  const { bounceType, bounceSubType, bouncedRecipients } = notification.bounce
  const action: Action = bouncedRecipients.some((one) => one.action === 'delayed') ? 'delayed' : 'failed'
  // SES has decided already where the server's reply is missing.
  const verdict = bounceType === 'Permanent' && bounceSubType === 'NoEmail' ? ['no such user'] : []
  return bouncedRecipients.map(({ emailAddress, status = '', diagnosticCode }) => ({
    address: emailAddress,
    action,
    status,
    prose: [],
    said: diagnosticCode === undefined ? [...verdict] : [diagnosticCode.replace(/^[\w-]{1,20}\s?;\s*/, '')],
  }))
}
