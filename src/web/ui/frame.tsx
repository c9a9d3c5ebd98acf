/** Provides all components of a page with its language, time, path and the signed-in person. */
import { createContext, useContext } from 'hono/jsx'
import type { Labels } from '../../domain/labels'
import type { Language, Translate } from '../../i18n'
import type { SignedIn } from '../app-env'

export interface Frame {
  language: Language
  t: Translate
  /** The labels behind `t`. Their language is the page's; on a hosted page it may be one that the account added. */
  labels: Labels
  /** IANA zone for times: the person's, else the account's. */
  timeZone: string
  /** Epoch ms. */
  now: number
  /** Path of this page, without the query. */
  path: string
  signedIn?: SignedIn | undefined
}

export const FrameContext = createContext<Frame | undefined>(undefined)

export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('a component was rendered outside page() or fragment()')
  return frame
}
