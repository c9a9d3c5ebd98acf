import { balanceOf, settlementOf } from '../../domain/balance'
import type { DocumentContent } from '../../domain/document'
import { formatDate, formatMoney } from '../../i18n/format'
import { routes } from '../../routes'
import { gapTexts } from '../documents/form/gap-text'
import { useFrame } from '../ui/frame'
import { Notice } from '../ui/notice'
import { refusalText } from '../ui/refusal-text'
import { QuotaNotice } from './quota-notice'
import type { SendContext } from './send-context'

/** Returns whether the form may be sent, as far as the document and the account decide; its fields are checked later. */
export const mayBeSent = ({ missing, refusal }: SendContext): boolean => missing.length === 0 && refusal === undefined

const CONTACT_GAPS = ['contact_address', 'contact_vat_id', 'contact_other_state']
const isSellerGap = (gap: string): boolean => gap.startsWith('seller_')

/** Lists what prevents sending, before the button is pressed. Links to the pages that fix it. */
export const Blockers = ({ context }: { context: SendContext }) => {
  const { t } = useFrame()
  const { missing, document, contact, snapshot } = context
  const ofSeller = missing.filter(isSellerGap)
  const ofContact = missing.filter((gap) => CONTACT_GAPS.includes(gap))
  const ofDocument = missing.filter((gap) => !isSellerGap(gap) && !CONTACT_GAPS.includes(gap))
  return (
    <>
      <Missing gaps={ofSeller} content={snapshot.content} path={routes.companySettings} link={t('send.fix.company')} />
      <Missing
        gaps={ofDocument}
        content={snapshot.content}
        path={routes.documentEdit(document.id)}
        link={t('send.fix.document')}
      />
      {contact && (
        <Missing
          gaps={ofContact}
          content={snapshot.content}
          path={routes.contactEdit(contact.id)}
          link={t('send.fix.contact')}
        />
      )}
      <Refusal context={context} />
      {contact?.emails.length === 0 && !document.test && (
        <Notice tone="warn">
          <p>{t('send.no_address', { name: contact.name })}</p>
          <p>
            <a href={routes.contactEdit(contact.id)}>{t('send.fix.contact')}</a>
          </p>
        </Notice>
      )}
      <Owed context={context} />
      <QuotaNotice quota={context.quota} timeZone={context.settings.timeZone} />
      {context.replyUnconfirmed && ofSeller.length === 0 && <ReplyUnconfirmed />}
    </>
  )
}

interface MissingProps {
  gaps: SendContext['missing']
  content: DocumentContent
  path: string
  link: string
}

const Missing = ({ gaps, content, path, link }: MissingProps) => {
  const { t } = useFrame()
  if (gaps.length === 0) return null
  return (
    <Notice tone="warn">
      <h2>{t('send.missing.title')}</h2>
      <ul>
        {gapTexts(gaps, content, t).map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
      <p>
        <a href={path}>{link}</a>
      </p>
    </Notice>
  )
}

const Refusal = ({ context: { refusal, document } }: { context: SendContext }) => {
  const { t, language } = useFrame()
  if (!refusal) return null
  const { earliest, ...details } = refusal.details ?? {}
  const shown = earliest ? { ...details, earliest: formatDate(String(earliest), language) } : details
  return (
    <Notice tone="warn">
      <p>{refusalText(t, { ...refusal, details: shown })}</p>
      <p>
        <a href={routes.documentEdit(document.id)}>{t('send.fix.document')}</a>
      </p>
    </Notice>
  )
}

/** Explains which amount due the mail states, if it is not the total. */
const Owed = ({ context: { document, settings } }: { context: SendContext }) => {
  const { t, language } = useFrame()
  if (document.status === 'draft') return null
  const balance = balanceOf(document, settings.timeZone)
  const settlement = settlementOf(document.kind, document.total, balance)
  const money = (amount: number) => formatMoney(amount, document.currency, language)
  if (settlement === 'paid' || settlement === 'credited')
    return (
      <Notice tone="warn">
        <p>{t(`send.settled.${settlement}`)}</p>
      </Notice>
    )
  if (balance.due === 0 || balance.credited === 0) return null
  return (
    <Notice tone="warn">
      <p>{t('send.partly_credited', { credited: money(balance.credited), due: money(balance.due) })}</p>
    </Notice>
  )
}

const ReplyUnconfirmed = () => {
  const { t, signedIn } = useFrame()
  return (
    <Notice tone="warn">
      <p>{t('send.reply_unconfirmed', { email: signedIn?.company.email ?? '' })}</p>
      <p>
        <a href={routes.companySettings}>{t('send.fix.reply_address')}</a>
      </p>
    </Notice>
  )
}
