/** Makes files of the types that people attach. */

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export const FILES = {
  pdf: utf8('%PDF-1.7\n% nothing on it\n%%EOF\n'),
  csv: utf8('Date;Travail;Heures\r\n03/11/2026;Couture;3,5\r\n'),
  xml: utf8('<?xml version="1.0" encoding="UTF-8"?>\n<!-- order --><ord:order xmlns:ord="urn:x"><a/></ord:order>\n'),
  xlsx: zip('[Content_Types].xml', 'xl/workbook.xml'),
}

/** Returns a ZIP of empty files with these names. */
export function zip(...names: string[]): Uint8Array {
  const locals = names.map((name) => Buffer.concat([head(0x04034b50, 30, name, 26), Buffer.from(name)]))
  const entries = names.map((name) => Buffer.concat([head(0x02014b50, 46, name, 28), Buffer.from(name)]))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(entries).length, 12)
  end.writeUInt32LE(Buffer.concat(locals).length, 16)
  return Buffer.concat([...locals, ...entries, end])
}

function head(signature: number, length: number, name: string, nameAt: number): Buffer {
  const buffer = Buffer.alloc(length)
  buffer.writeUInt32LE(signature, 0)
  buffer.writeUInt16LE(Buffer.from(name).length, nameAt)
  return buffer
}

/** Returns a PDF of so many bytes. */
export function pdfOf(bytes: number): Uint8Array {
  const pdf = new Uint8Array(bytes)
  pdf.set(FILES.pdf)
  return pdf
}

export const fileOf = (bytes: Uint8Array, name: string): File => new File([bytes as Uint8Array<ArrayBuffer>], name)
