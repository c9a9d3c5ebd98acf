/** Renders a mail as a separate document for a sandboxed frame, without scripts and remote resources. */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { MailPreview } from '../../commands/sends/preview-mail'
import { formatBytes } from '../../i18n/format'
import { problemText } from '../../i18n/text-problem'
import type { TranslationProblem } from '../../mail/check-translation'
import { headerOf, type ReadMail } from '../../mail/read-mime'
import type { AnyContext } from '../app-env'
import { asset } from './asset'
import { useFrame } from './frame'
import { fragment } from './page'

const FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ')

export function frameHeaders(c: AnyContext): void {
  c.header('Content-Security-Policy', FRAME_POLICY)
  c.header('Referrer-Policy', 'no-referrer')
}

/** Responds with the stored HTML of a mail, unchanged. */
export function mailHtml(c: AnyContext, mail: Pick<ReadMail, 'html'>): Response {
  frameHeaders(c)
  return c.html(mail.html)
}

/** Responds with the preview: the mail's headers and its HTML or text; or the problems of its translation. */
export function previewFrame(
  c: AnyContext,
  preview: MailPreview | { problems: TranslationProblem[] },
  view: string,
): Response | Promise<Response> {
  frameHeaders(c)
  const content =
    'problems' in preview ? <Problems problems={preview.problems} /> : <Preview {...preview} view={view} />
  return fragment(
    c,
    <>
      {raw('<!doctype html>')}
      <FrameDocument>{content}</FrameDocument>
    </>,
  )
}

const FrameDocument = ({ children }: { children: Child }) => {
  const { t, language } = useFrame()
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t('send.preview')}</title>
        <link rel="stylesheet" href={asset('app.css')} />
      </head>
      <body class="mail-frame">{children}</body>
    </html>
  )
}

const Preview = ({ mail, pdfName, files, view }: MailPreview & { view: string }) => {
  const { t } = useFrame()
  return (
    <>
      <MailHead mail={mail} pdfName={pdfName} files={files} />
      {view === 'text' ? (
        <pre tabindex={0}>{mail.text}</pre>
      ) : (
        <iframe title={t('send.preview.html')} sandbox="" srcdoc={mail.html} />
      )}
    </>
  )
}

const SHOWN_HEADERS = [
  ['From', 'mail_header.from'],
  ['To', 'mail_header.to'],
  ['Reply-To', 'mail_header.reply_to'],
] as const

const MailHead = ({ mail, pdfName, files }: MailPreview) => {
  const { t, language } = useFrame()
  const attached = [pdfName, ...files.map(({ name, mailBytes }) => `${name} (${formatBytes(mailBytes, language)})`)]
  return (
    <header class="mail-head">
      <h1>{mail.subject}</h1>
      <dl class="facts small">
        {SHOWN_HEADERS.map(([name, label]) => {
          const value = headerOf(mail, name)
          return (
            value && (
              <>
                <dt>{t(label)}</dt>
                <dd class="break-all">{value}</dd>
              </>
            )
          )
        })}
        {attached.some(Boolean) && (
          <>
            <dt>{t('send.preview.attachment')}</dt>
            <dd class="break-all">{attached.filter(Boolean).join(', ')}</dd>
          </>
        )}
      </dl>
    </header>
  )
}

const Problems = ({ problems }: { problems: TranslationProblem[] }) => {
  const { t } = useFrame()
  return (
    <div class="mail-head">
      <h1>{t('send.preview.problems')}</h1>
      <ul>
        {problems.map((problem) => (
          <li>
            {t(problem.field === 'subject' ? 'send.subject' : 'send.body')}: {problemText(t, problem)}
          </li>
        ))}
      </ul>
    </div>
  )
}
