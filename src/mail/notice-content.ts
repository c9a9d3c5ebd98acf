import type { NoticeMailContent } from '../../emails/notice-mail'

/** The parts of a notice around its text. */
export type NoticeFrame = Omit<NoticeMailContent, 'language' | 'title' | 'body'>
