/** @jsxImportSource react */
import { Section } from '@react-email/components'
import { Frame, type FrameProps } from './components/frame'
import { Action, type ActionProps, type Fact, Facts, Footer, type FooterProps, Prose, Sender } from './components/parts'

/**
 * Content of a notice: a body that merchants may change, and fixed facts below it; `src/mail/plain-text.ts` writes the
 * same as plain text.
 */
export interface NoticeMailContent extends Pick<FrameProps, 'language' | 'title' | 'preheader'> {
  sender: string
  /** A placeholder for the body's HTML, and the body as plain text. */
  body: { slot: string; text: string }
  /** Facts about the subject of a notice that has one. */
  facts?: Fact[]
  /** Subjects of a notice that has several. */
  items?: NoticeItem[]
  notes?: string[]
  action: ActionProps
  footer: FooterProps
}

export interface NoticeItem {
  title: string
  text: string
}

/** Renders a notice of Facteur's: a mail that did not arrive, a sign-in link, an address to confirm. */
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
