import {
  type DocumentAttachment,
  MAX_ATTACHMENTS,
  MAX_ATTACHMENTS_MAIL_BYTES,
  mailBytesOf,
} from '../../../domain/attachment'
import { ACCEPT, FILE_TYPE_NAMES } from '../../../domain/file-type'
import { formatBytes } from '../../../i18n/format'
import { routes } from '../../../routes'
import { FileField } from '../../ui/file-field'
import { Checkbox } from '../../ui/form'
import type { FormState } from '../../ui/form-state'
import { useFrame } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { useMay } from '../../ui/may'

interface Props {
  documentId: string
  attachments: readonly DocumentAttachment[]
  form: FormState
  /** Id of the next file, so that posting the form twice attaches one. */
  attachmentId: string
}

/** Lists the files attached to the document's mails, and marks those that its hosted page shows. */
export const AttachmentsPanel = ({ documentId, attachments, form, attachmentId }: Props) => {
  const { t, language } = useFrame()
  const may = useMay('member')
  const failed = Object.keys(form.errors).length > 0
  if (attachments.length === 0 && !may) return null
  return (
    <section class="card stack" id="attachments" aria-labelledby="attachments-title">
      <h2 id="attachments-title">{t('attachments.title')}</h2>
      {attachments.length > 0 && (
        <ul class="attachments">
          {attachments.map((attachment) => (
            <Attachment documentId={documentId} attachment={attachment} />
          ))}
        </ul>
      )}
      {attachments.length > 1 && (
        <p class="muted small">
          {t('attachments.sum', {
            sum: formatBytes(mailBytesOf(attachments), language),
            max: formatBytes(MAX_ATTACHMENTS_MAIL_BYTES, language),
          })}
        </p>
      )}
      {may && attachments.length < MAX_ATTACHMENTS && (
        <details open={failed} class="attachment-form">
          <summary>{t('attachments.add')}</summary>
          <form
            class="stack"
            method="post"
            action={routes.documentAttachments(documentId)}
            enctype="multipart/form-data"
            novalidate
          >
            <input type="hidden" name="attachmentId" value={attachmentId} />
            <FileField
              form={form}
              name="file"
              label={t('attachments.file')}
              hint={t('attachments.hint', {
                types: FILE_TYPE_NAMES,
                max: formatBytes(MAX_ATTACHMENTS_MAIL_BYTES, language),
              })}
              accept={ACCEPT}
            />
            <Checkbox form={form} name="public" label={t('attachments.public')} hint={t('attachments.public.hint')} />
            <div>
              <button type="submit">
                <Icon name="paperclip" />
                {t('attachments.attach')}
              </button>
            </div>
          </form>
        </details>
      )}
    </section>
  )
}

const Attachment = ({ documentId, attachment }: { documentId: string; attachment: DocumentAttachment }) => {
  const { t, language } = useFrame()
  const { id, name, mailBytes } = attachment
  const may = useMay('member')
  return (
    <li>
      <Icon name="paperclip" />
      <div>
        <a href={routes.documentAttachment(documentId, id)} class="break-all" download>
          {name}
        </a>
        <div class="muted small">
          {t('attachments.size', { size: formatBytes(mailBytes, language) })} ·{' '}
          {t(attachment.public ? 'attachments.is_public' : 'attachments.is_private')}
        </div>
        {may && (
          <div class="cluster">
            <form method="post" action={routes.attachmentPublication(documentId, id)}>
              <input type="hidden" name="public" value={attachment.public ? '' : 'on'} />
              <button
                type="submit"
                class="small"
                aria-label={t(attachment.public ? 'attachments.hide_named' : 'attachments.show_named', { name })}
              >
                {t(attachment.public ? 'attachments.hide' : 'attachments.show')}
              </button>
            </form>
            <form method="post" action={routes.attachmentRemoval(documentId, id)}>
              <button type="submit" class="small" aria-label={t('attachments.remove_named', { name })}>
                {t('attachments.remove')}
              </button>
            </form>
          </div>
        )}
      </div>
    </li>
  )
}
