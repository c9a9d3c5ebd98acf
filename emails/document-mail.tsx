/** @jsxImportSource react */
import { Frame, type FrameProps } from './components/frame'
import {
  Banner,
  Footer,
  type FooterProps,
  Notes,
  Prose,
  Sender,
  type SenderProps,
  Summary,
  type SummaryProps,
} from './components/parts'

/** What a mail about a document says; `src/mail/plain-text.ts` says the same in plain text. */
export interface DocumentMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  jsonLd?: string
  banner?: string
  sender: string
  logo?: SenderProps['logo']
  /** One word that stands for the body's HTML, and the body as plain text. */
  body: { slot: string; text: string }
  summary: SummaryProps
  notes: string[]
  footer: FooterProps
}

/** An invoice, receipt or credit note on its way to a customer. */
export function DocumentMail({ banner, sender, logo, body, summary, notes, footer, ...frame }: DocumentMailContent) {
  return (
    <Frame {...frame} footer={<Footer {...footer} />}>
      {banner && <Banner text={banner} />}
      <Sender name={sender} logo={logo} />
      <Prose>{body.slot}</Prose>
      <Summary {...summary} />
      <Notes lines={notes} />
    </Frame>
  )
}
