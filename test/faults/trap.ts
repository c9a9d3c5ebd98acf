/** How far a call has come at a provider. The delivery is `sending` at each of these. */
export const STAGES = ['received', 'taken', 'answered'] as const
export type Stage = (typeof STAGES)[number]

/** Lets the driver act at the very moment at which a mail reaches a stage. */
export class Trap {
  #armed: { stage: Stage; skips: number; act: () => void } | undefined

  /** Acts once, when so many mails and one more have reached the stage. The promise becomes true then, or false after `limitMs`. */
  set({ stage, skips }: { stage: Stage; skips: number }, act: () => void, limitMs: number): Promise<boolean> {
    return new Promise((done) => {
      const timer = setTimeout(() => {
        this.#armed = undefined
        done(false)
      }, limitMs)
      this.#armed = {
        stage,
        skips,
        act: () => {
          clearTimeout(timer)
          act()
          done(true)
        },
      }
    })
  }

  /** Says that a mail has reached a stage. Returns true if the trap has acted: the caller is gone. */
  reached(stage: Stage): boolean {
    if (this.#armed?.stage !== stage || this.#armed.skips-- > 0) return false
    const { act } = this.#armed
    this.#armed = undefined
    act()
    return true
  }
}
