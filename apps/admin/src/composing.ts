/** The key belongs to an input method that is still at work: its Esc lets go of letters, its Enter takes them. Safari says it with 229 only. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
