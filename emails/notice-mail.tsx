/** @jsxImportSource react */
import { Section } from '@react-email/components'
import { Frame, type FrameProps } from './components/frame'
import { Action, type ActionProps, Footer, type FooterProps, Prose, Sender } from './components/parts'

/** A sentence or two and a button; `src/mail/plain-text.ts` says the same in plain text. */
export interface NoticeMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  sender: string
  paragraphs: string[]
  action: ActionProps
  footer: FooterProps
}

/** What Facteur itself has to say: a link to sign in with, an address to confirm. */
export function NoticeMail({ sender, paragraphs, action, footer, ...frame }: NoticeMailContent) {
  return (
    <Frame {...frame} footer={<Footer {...footer} />}>
      <Sender name={sender} />
      <Prose>
        {paragraphs.map((paragraph) => (
          <p key={paragraph} style={{ margin: '0 0 8px' }}>
            {paragraph}
          </p>
        ))}
        <Action {...action} />
        <Section style={{ height: '36px' }} />
      </Prose>
    </Frame>
  )
}
