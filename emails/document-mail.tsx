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

/** Content of a mail about a document; `src/mail/plain-text.ts` writes the same as plain text. */
export interface DocumentMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  jsonLd?: string
  banner?: string
  /** The document's state, where it changed since it was issued. */
  status?: string
  sender: string
  logo?: SenderProps['logo']
  /** A placeholder for the body's HTML, and the body as plain text. */
  body: { slot: string; text: string }
  summary: SummaryProps
  /** The bank account to pay to. */
  payment?: PaymentProps | undefined
  notes: string[]
  footer: FooterProps
}

/** Renders the mail that brings an invoice, receipt or credit note to a customer. */
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
