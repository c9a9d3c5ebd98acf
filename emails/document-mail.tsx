/** @jsxImportSource react */
import { Frame, type FrameProps } from './components/frame'
import {
  Banner,
  Footer,
  type FooterProps,
  Notes,
  Payment,
  type PaymentProps,
  Prose,
  Sender,
  type SenderProps,
  Status,
  Summary,
  type SummaryProps,
} from './components/parts'

/** What a mail about a document says; `src/mail/plain-text.ts` says the same in plain text. */
export interface DocumentMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  jsonLd?: string
  banner?: string
  /** What has become of the document since it was issued. */
  status?: string
  sender: string
  logo?: SenderProps['logo']
  /** One word that stands for the body's HTML, and the body as plain text. */
  body: { slot: string; text: string }
  summary: SummaryProps
  /** Where to pay. */
  payment?: PaymentProps | undefined
  notes: string[]
  footer: FooterProps
}

/** An invoice, receipt or credit note on its way to a customer. */
export function DocumentMail({
  banner,
  status,
  sender,
  logo,
  body,
  summary,
  payment,
  notes,
  footer,
  ...frame
}: DocumentMailContent) {
  return (
    <Frame {...frame} footer={<Footer {...footer} />}>
      {banner && <Banner text={banner} />}
      <Sender name={sender} logo={logo} />
      {status && <Status text={status} />}
      <Prose>{body.slot}</Prose>
      <Summary {...summary} />
      {payment && <Payment {...payment} />}
      <Notes lines={notes} />
    </Frame>
  )
}
