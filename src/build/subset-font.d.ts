declare module 'subset-font' {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { noLayoutClosure?: boolean; noHinting?: boolean; dropTables?: string[] },
  ): Promise<Buffer>
}
