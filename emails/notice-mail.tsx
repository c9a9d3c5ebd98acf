/** @jsxImportSource react */
import { Section } from '@react-email/components'
import { Frame, type FrameProps } from './components/frame'
import { Action, type ActionProps, Footer, type FooterProps, Prose, Sender } from './components/parts'

/** A sentence or two and a button; `src/mail/plain-text.ts` says the same in plain text. */
export interface NoticeMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  sender: string
  paragraphs: string[]
  /** A list below them: what each is, what is to be said of it. */
  items?: NoticeItem[]
  action: ActionProps
  footer: FooterProps
}

export interface NoticeItem {
  title: string
  text: string
}

/** What Facteur itself has to say: a link to sign in with, an address to confirm. */
export function NoticeMail({ sender, paragraphs, items = [], action, footer, ...frame }: NoticeMailContent) {
  return (
    <Frame {...frame} footer={<Footer {...footer} />}>
      <Sender name={sender} />
      <Prose>
        {paragraphs.map((paragraph) => (
          <p key={paragraph} style={{ margin: '0 0 8px' }}>
            {paragraph}
          </p>
        ))}
        {items.map(({ title, text }) => (
          <p key={title} style={{ margin: '16px 0 0' }}>
            <strong>{title}</strong>
            <br />
            {text}
          </p>
        ))}
        <Action {...action} />
        <Section style={{ height: '36px' }} />
      </Prose>
    </Frame>
  )
}
