import type { Paper } from '../domain/document'

export interface Drawing {
  /** The PDF/A-3b file; the same paper always gives the same bytes. */
  bytes: Uint8Array
  /** Characters no font slice has, drawn as a replacement glyph. */
  missing: string[]
}

export declare function drawDocument(paper: Paper): Promise<Drawing>
