/** Puts a text where it can be pasted. False when neither way is allowed: a page without TLS has no clipboard of the new kind. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.cssText = 'position:fixed;top:-100px';
    document.body.append(field);
    field.select();
    // The only way there is without TLS.
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
