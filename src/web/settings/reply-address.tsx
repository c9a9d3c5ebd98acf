import type { StoredAccount } from '../../db/accounts'
import { MAILED_LINK_DAYS } from '../../domain/session'
import { routes } from '../../routes'
import { Badge } from '../ui/badge'
import { useFrame } from '../ui/frame'

export type ReplyState = 'missing' | 'confirmed' | 'waiting' | 'unconfirmed'

export function replyStateOf(account: StoredAccount, now: number): ReplyState {
  const { company, confirmedReplyEmail, replyTokenExpiresAt } = account
  if (company.email === '') return 'missing'
  if (company.email === confirmedReplyEmail) return 'confirmed'
  return (replyTokenExpiresAt ?? 0) > now ? 'waiting' : 'unconfirmed'
}

const LOOKS = {
  confirmed: { tone: 'good', icon: 'circle-check' },
  waiting: { tone: 'busy', icon: 'clock' },
  unconfirmed: { tone: 'warn', icon: 'triangle-alert' },
} as const

/** Id of the form that requests a link. It is outside the company's form, which contains its button. */
const FORM_ID = 'reply-confirmation'

export const ReplyAddressForm = () => <form id={FORM_ID} method="post" action={routes.replyAddressConfirmations} />

export const ReplyAddress = ({ email, state }: { email: string; state: ReplyState }) => {
  const { t } = useFrame()
  if (state === 'missing') return null
  const { tone, icon } = LOOKS[state]
  return (
    <div class="cluster" id="reply-address">
      <Badge tone={tone} icon={icon}>
        {t(`reply_address.${state}`)}
      </Badge>
      <span class="hint">{t(`reply_address.${state}.text`, { email, days: MAILED_LINK_DAYS })}</span>
      {state !== 'confirmed' && (
        <button type="submit" form={FORM_ID} class="small">
          {t(state === 'waiting' ? 'reply_address.again' : 'reply_address.send')}
        </button>
      )}
    </div>
  )
}
