/** @jsxImportSource react */
import { Section } from '@react-email/components'
import { Frame, type FrameProps } from './components/frame'
import { Action, type ActionProps, type Fact, Facts, Footer, type FooterProps, Prose, Sender } from './components/parts'

/** Words that may be the merchant's, and beneath them what stands whatever they say; `src/mail/plain-text.ts` says the same in plain text. */
export interface NoticeMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  sender: string
  /** One word that stands for the body's HTML, and the body as plain text. */
  body: { slot: string; text: string }
  /** Of the one thing that the notice is about. */
  facts?: Fact[]
  /** Of several: what each is, what is to be said of it. */
  items?: NoticeItem[]
  notes?: string[]
  action: ActionProps
  footer: FooterProps
}

export interface NoticeItem {
  title: string
  text: string
}

/** What Facteur itself has to say: a mail that did not arrive, a link to sign in with, an address to confirm. */
export function NoticeMail(content: NoticeMailContent) {
  const { sender, body, facts = [], items = [], notes = [], action, footer, ...frame } = content
  return (
    <Frame {...frame} footer={<Footer {...footer} />}>
      <Sender name={sender} />
      <Prose>{body.slot}</Prose>
      {facts.length > 0 && <Facts facts={facts} />}
      <Prose>
        {items.map(({ title, text }) => (
          <p key={title} style={{ margin: '16px 0 0' }}>
            <strong>{title}</strong>
            <br />
            {text}
          </p>
        ))}
        {notes.map((note) => (
          <p key={note} style={{ margin: '0 0 8px' }}>
            {note}
          </p>
        ))}
        <Action {...action} />
        <Section style={{ height: '36px' }} />
      </Prose>
    </Frame>
  )
}
