import type { NoticeMailContent } from '../../emails/notice-mail'

/** What stands in a notice around its text. */
export type NoticeFrame = Omit<NoticeMailContent, 'language' | 'title' | 'body'>
