import { isHeld } from '../../ui/delivery-status'
import { MailBadge } from '../../ui/mail-cell'
import type { LiveActivity } from './activity'

/** Shows the mail state of a document on its page, and is updated while mails are under way. */
export const Envelope = ({ activity: { document, sends } }: { activity: LiveActivity }) => (
  <span id="envelope" hidden={document.mailState === null}>
    <MailBadge
      state={document.mailState}
      scheduledFor={sends[0]?.scheduledFor ?? null}
      heldSince={sends[0]?.deliveries.find(isHeld)?.overdueSince ?? null}
    />
  </span>
)
