/** This key belongs to the input method: Esc there only lets go of the letters. Safari reports the key that ends a composition as 229 and no longer composing. */
export const composing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
