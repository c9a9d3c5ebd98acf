import { isHeld } from '../../ui/delivery-status'
import { MailBadge } from '../../ui/mail-cell'
import type { LiveActivity } from './activity'

/** The mail state of a document on its page, which follows its mails. */
export const Envelope = ({ activity: { document, sends } }: { activity: LiveActivity }) => (
  <span id="envelope" hidden={document.mailState === null}>
    <MailBadge
      state={document.mailState}
      scheduledFor={sends[0]?.scheduledFor ?? null}
      heldSince={sends[0]?.deliveries.find(isHeld)?.overdueSince ?? null}
    />
  </span>
)
