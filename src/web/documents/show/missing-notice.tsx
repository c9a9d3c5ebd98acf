import type { LoadedSnapshot } from '../../../commands/documents/load-snapshot'
import type { FinaliseRefusal } from '../../../commands/documents/prepare-finalise'
import { type Gap, gapsOf } from '../../../domain/document-readiness'
import { formatDate } from '../../../i18n/format'
import { undrawableCharacters } from '../../../pdf/undrawable'
import { routes } from '../../../routes'
import { useFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { refusalText } from '../../ui/refusal-text'
import { gapTexts } from '../form/gap-text'

const SHOWN_CHARACTERS = 10

/** Lists the gaps of a draft before a button is pressed. */
export const MissingNotice = ({ loaded }: { loaded: LoadedSnapshot }) => {
  const { document, snapshot, today } = loaded
  const missing = document.status === 'draft' ? gapsOf(snapshot, today, loaded.original) : []
  return missing.length > 0 ? <Missing loaded={loaded} missing={missing} /> : null
}

/** Shows why a draft was not finalised. */
export const FinaliseNotice = ({ loaded, refusal }: { loaded: LoadedSnapshot; refusal: FinaliseRefusal }) => {
  const { t, language } = useFrame()
  if (refusal.reason === 'incomplete') return <Missing loaded={loaded} missing={refusal.missing} />
  const { earliest } = refusal.details ?? {}
  const details = { ...refusal.details, ...(earliest && { earliest: formatDate(String(earliest), language) }) }
  return (
    <Notice tone="bad">
      <p>{refusalText(t, { ...refusal, details })}</p>
      {refusal.reason === 'issue_date_too_early' && (
        <p>
          <a href={routes.documentEdit(loaded.document.id)}>{t('documents.fix.document')}</a>
        </p>
      )}
      {refusal.reason === 'number_taken' && (
        <p>
          <a href={routes.documentSettings}>{t('documents.fix.settings')}</a>
        </p>
      )}
    </Notice>
  )
}

/** Lists characters that no font of the PDF has. */
export const UndrawableNotice = ({ loaded: { snapshot } }: { loaded: LoadedSnapshot }) => {
  const { t } = useFrame()
  const characters = snapshot.upload ? [] : undrawableCharacters(snapshot)
  if (characters.length === 0) return null
  return (
    <Notice tone="warn">
      <p>{t('documents.undrawable', { characters: characters.slice(0, SHOWN_CHARACTERS).join(' ') })}</p>
    </Notice>
  )
}

/** Shows why an automatic document was not mailed. */
export const NotSentNotice = ({ loaded: { document } }: { loaded: LoadedSnapshot }) => {
  const { t } = useFrame()
  const { notSentReason: reason, latestSendId, contactId } = document
  if (reason === null || latestSendId !== null) return null
  return (
    <Notice tone="warn">
      <h2>{t('documents.not_sent.title')}</h2>
      <p>{hasOwnText(reason) ? t(`documents.not_sent.${reason}`) : refusalText(t, { ok: false, reason })}</p>
      {reason === 'no_address' && contactId && (
        <p>
          <a href={routes.contactEdit(contactId)}>{t('documents.not_sent.fix_contact')}</a>
        </p>
      )}
    </Notice>
  )
}

/** Lists gaps, each linked to the page that fixes it. */
const Missing = ({ loaded: { document, snapshot }, missing }: { loaded: LoadedSnapshot; missing: Gap[] }) => {
  const { t } = useFrame()
  return (
    <Notice tone="warn">
      <h2>{t('documents.missing.title')}</h2>
      <ul>
        {gapTexts(missing, snapshot.content, t).map(({ gap, text }) => (
          <li>
            <a href={fixPath(gap, document)}>{text}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function fixPath(gap: Gap, { id, contactId }: LoadedSnapshot['document']): string {
  if (gap.startsWith('seller_')) return routes.companySettings
  return gap.startsWith('contact_') && contactId ? routes.contactEdit(contactId) : routes.documentEdit(id)
}

/** Reasons with a text for this notice: the text of the refusal needs details, which are not stored. */
const REASONS_WITH_TEXT = ['no_address', 'test_recipients', 'quota_reached'] as const
const hasOwnText = (reason: string): reason is (typeof REASONS_WITH_TEXT)[number] =>
  (REASONS_WITH_TEXT as readonly string[]).includes(reason)
