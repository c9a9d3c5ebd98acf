import type { ReadAttachment, ReadMail } from '../../mail/read-mime'
import { routes } from '../../routes'
import { Breadcrumb } from '../ui/breadcrumb'
import { useFrame } from '../ui/frame'
import { Icon } from '../ui/icon'
import { useMay } from '../ui/may'

interface Props {
  documentId: string
  deliveryId: string
  /** Hash of the document's PDF, whose attachment is a link; other files exist only in the mail. */
  pdfSha256: string | null
  mail: ReadMail
}

export const MailPage = ({ documentId, deliveryId, pdfSha256, mail }: Props) => {
  const { t } = useFrame()
  const mayHaveLinks = useMay('member')
  return (
    <>
      <header class="page-head">
        <div>
          <Breadcrumb href={routes.document(documentId)}>{t('send.back')}</Breadcrumb>
          <h1 class="break-all">{mail.subject}</h1>
          <p>{t(mayHaveLinks ? 'sent_mail.text' : 'sent_mail.without_links')}</p>
        </div>
        {mayHaveLinks && (
          <a class="button" href={routes.deliveryMailFile(documentId, deliveryId)} download>
            <Icon name="download" />
            {t('sent_mail.download')}
          </a>
        )}
      </header>
      <div class="stack">
        <section class="card flush">
          <h2 class="visually-hidden">{t('send.preview.html')}</h2>
          <iframe
            class="sent-mail"
            title={t('send.preview.html')}
            sandbox=""
            src={routes.deliveryMailHtml(documentId, deliveryId)}
          />
        </section>
        <Attachments documentId={documentId} pdfSha256={pdfSha256} attachments={mail.attachments} />
        <details class="card">
          <summary>
            <h2>{t('send.preview.text')}</h2>
          </summary>
          <pre tabindex={0}>{mail.text}</pre>
        </details>
        <Headers headers={mail.headers} />
      </div>
    </>
  )
}

interface AttachmentsProps {
  documentId: string
  pdfSha256: string | null
  attachments: ReadAttachment[]
}

const Attachments = ({ documentId, pdfSha256, attachments }: AttachmentsProps) => {
  const { t, language } = useFrame()
  if (attachments.length === 0) return null
  const kilobytes = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 })
  return (
    <section class="card stack tight">
      <h2>{t('sent_mail.attachments')}</h2>
      {attachments.map(({ filename, bytes, sha256 }) => (
        <p>
          {sha256 === pdfSha256 ? (
            <a href={routes.documentPdf(documentId)}>{filename}</a>
          ) : (
            <span class="break-all">{filename}</span>
          )}{' '}
          <span class="muted numeric">{kilobytes.format(bytes / 1000)}</span>
          <br />
          <span class="muted small">
            SHA-256 <code class="break-all">{sha256}</code>
          </span>
        </p>
      ))}
    </section>
  )
}

const Headers = ({ headers }: Pick<ReadMail, 'headers'>) => {
  const { t } = useFrame()
  return (
    <details class="card">
      <summary>
        <h2>{t('sent_mail.headers')}</h2>
      </summary>
      <dl class="facts small">
        {headers.map(({ name, value }) => (
          <>
            <dt>{name}</dt>
            <dd class="break-all">{value}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}
